"""Places of the sourcing benchmark: the largest metropolitan areas of the United States and ten
fulfilment centres of a large retailer. (latitude, longitude), population in thousands, rounded.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    lat: float
    lon: float
    people: int = 0  # thousands


def _places(text: str) -> tuple[Place, ...]:
    found = []
    for row in text.strip().splitlines():
        name, lat, lon, people = (cell.strip() for cell in row.split(","))
        found.append(Place(name, float(lat), float(lon), int(people)))
    return tuple(found)


CENTRES = _places("""
OAK4, 37.7448, -121.3985, 0
IND1, 39.9797,  -86.3833, 0
AVP3, 41.2776,  -75.4973, 0
CAE1, 33.9114,  -81.0501, 0
DFW7, 32.9709,  -97.3348, 0
ONT6, 33.8730, -117.2361, 0
PHX6, 33.4330, -112.1644, 0
BNA2, 36.1202,  -86.4096, 0
SAT1, 29.6021,  -98.2890, 0
RIC2, 37.3521,  -77.3269, 0
""")

METROS = _places("""
New York,         40.69,  -73.92, 18680
Los Angeles,      34.11, -118.41, 12530
Chicago,          41.84,  -87.69,  8590
Miami,            25.78,  -80.21,  6080
Dallas,           32.79,  -96.77,  5910
Houston,          29.79,  -95.39,  5720
Philadelphia,     40.01,  -75.13,  5540
Atlanta,          33.76,  -84.42,  5150
Washington,       38.90,  -77.02,  5070
Boston,           42.32,  -71.09,  4470
Phoenix,          33.57, -112.09,  4220
Detroit,          42.38,  -83.10,  3720
Seattle,          47.62, -122.32,  3560
San Francisco,    37.76, -122.44,  3360
San Diego,        32.83, -117.12,  3110
Minneapolis,      44.96,  -93.27,  2830
Tampa,            27.99,  -82.45,  2780
Denver,           39.76, -104.88,  2690
Riverside,        33.94, -117.39,  2350
Baltimore,        39.29,  -76.61,  2210
Las Vegas,        36.23, -115.27,  2150
St. Louis,        38.64,  -90.25,  2090
Portland,         45.54, -122.65,  2060
San Antonio,      29.47,  -98.53,  1990
Sacramento,       38.57, -121.47,  1940
Austin,           30.30,  -97.75,  1830
Orlando,          28.48,  -81.34,  1820
San Jose,         37.30, -121.85,  1780
Pittsburgh,       40.44,  -79.98,  1740
Indianapolis,     39.78,  -86.15,  1700
Cincinnati,       39.14,  -84.51,  1690
Kansas City,      39.12,  -94.55,  1640
Cleveland,        41.48,  -81.68,  1630
Columbus,         39.99,  -82.99,  1560
Virginia Beach,   36.73,  -76.04,  1450
Charlotte,        35.21,  -80.83,  1380
Milwaukee,        43.06,  -87.97,  1310
Jacksonville,     30.33,  -81.66,  1240
Providence,       41.82,  -71.42,  1200
Nashville,        36.17,  -86.78,  1170
Salt Lake City,   40.78, -111.93,  1170
Raleigh,          35.83,  -78.64,  1110
Memphis,          35.11,  -89.97,  1060
Richmond,         37.53,  -77.48,  1060
Louisville,       38.17,  -85.65,  1010
Hartford,         41.77,  -72.68,   980
Oklahoma City,    35.47,  -97.51,   980
New Orleans,      30.07,  -89.93,   960
Buffalo,          42.90,  -78.85,   950
Tucson,           32.15, -110.88,   880
El Paso,          31.85, -106.43,   850
Honolulu,         21.32, -157.80,   830
Omaha,            41.26,  -96.05,   820
Birmingham,       33.53,  -86.80,   780
McAllen,          26.23,  -98.25,   780
Albuquerque,      35.11, -106.65,   770
Sarasota,         27.34,  -82.54,   730
Tulsa,            36.13,  -95.90,   720
Fresno,           36.78, -119.79,   710
Rochester,        43.17,  -77.62,   700
Charleston,       32.82,  -79.95,   690
Dayton,           39.78,  -84.20,   670
Mission Viejo,    33.61, -117.66,   640
Colorado Springs, 38.87, -104.76,   630
Baton Rouge,      30.44,  -91.13,   630
Allentown,        40.60,  -75.48,   620
Ogden,            41.23, -111.97,   610
Grand Rapids,     42.96,  -85.66,   610
Cape Coral,       26.64,  -82.00,   600
Knoxville,        35.97,  -83.95,   600
Columbia,         34.04,  -80.90,   590
Albany,           42.67,  -73.80,   590
Provo,            40.25, -111.64,   590
Bakersfield,      35.35, -119.04,   570
New Haven,        41.31,  -72.92,   560
Des Moines,       41.57,  -93.61,   540
Concord,          37.97, -122.00,   540
Akron,            41.08,  -81.52,   540
Murrieta,         33.57, -117.19,   530
Palm Bay,         27.99,  -80.66,   510
Wichita,          37.69,  -97.34,   500
Toledo,           41.66,  -83.58,   490
Harrisburg,       40.28,  -76.88,   490
Worcester,        42.27,  -71.81,   480
Little Rock,      34.73,  -92.36,   460
Reno,             39.55, -119.85,   450
Madison,          43.08,  -89.39,   450
Spokane,          47.67, -117.41,   450
Springfield,      42.12,  -72.54,   440
Denton,           33.22,  -97.14,   430
Boise,            43.60, -116.23,   430
Winston-Salem,    36.10,  -80.26,   420
Syracuse,         43.04,  -76.14,   410
Augusta,          33.36,  -82.07,   410
Stockton,         37.98, -121.31,   410
Fayetteville,     36.07,  -94.16,   400
Durham,           35.98,  -78.90,   400
Chattanooga,      35.07,  -85.25,   400
Greenville,       34.84,  -82.37,   390
""")
