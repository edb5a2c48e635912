"""Distances on the globe."""

import pytest

from oms.domain.model.geo import distance_km, position

BERLIN, PARIS = ("52.5200", "13.4050"), ("48.8566", "2.3522")


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        (BERLIN, BERLIN, 0),
        (BERLIN, PARIS, 877),
        (PARIS, BERLIN, 877),
        (("0", "179.5"), ("0", "-179.5"), 111),  # over the date line
        (("90", "0"), ("-90", "0"), 20_015),  # pole to pole
        (("0", "0"), ("0", "180"), 20_015),
        (("-33.8688", "151.2093"), ("51.5074", "-0.1278"), 16_994),
    ],
)
def test_great_circle_distance_in_whole_kilometres(here, there, km) -> None:
    assert distance_km(*here, *there) == km


@pytest.mark.parametrize(
    ("lat", "lon"), [("", ""), ("52.5", ""), ("91", "0"), ("0", "181"), ("nan", "0"), ("N52", "0")]
)
def test_what_is_no_position_has_no_distance(lat: str, lon: str) -> None:
    assert position(lat, lon) is None
    assert distance_km(lat, lon, *BERLIN) is None
    assert distance_km(*BERLIN, lat, lon) is None
