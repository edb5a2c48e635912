"""Customers of the demo: where they live decides which node is near. Nobody of them exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    line1: str
    postal_code: str
    city: str
    country: str
    lat: str
    lon: str
    locale: str

    @property
    def id(self) -> str:
        return self.name.lower().replace(" ", "-")

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@customer.example"

    @property
    def customer(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "email": self.email, "locale": self.locale}

    @property
    def address(self) -> dict[str, str]:
        fields = ("name", "line1", "postal_code", "city", "country", "lat", "lon")
        return {name: getattr(self, name) for name in fields} | {"email": self.email}

    @property
    def as_amazon(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "addressLine1": self.line1,
            "city": self.city,
            "postalCode": self.postal_code,
            "countryCode": self.country,
        }

    @property
    def as_shopify(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "address1": self.line1,
            "zip": self.postal_code,
            "city": self.city,
            "country_code": self.country,
            "latitude": float(self.lat),
            "longitude": float(self.lon),
        }


CAMILLE = Person(
    "Camille Martin", "12 Rue de Bretagne", "75003", "Paris", "FR", "48.8631", "2.3621", "fr"
)
LOUIS = Person(
    "Louis Bernard", "8 Quai Saint-Vincent", "69001", "Lyon", "FR", "45.7690", "4.8230", "fr"
)
JONAS = Person(
    "Jonas Keller", "Kastanienallee 7", "10435", "Berlin", "DE", "52.5375", "13.4089", "de"
)
MIA = Person("Mia Vogel", "Hainstraße 3", "04109", "Leipzig", "DE", "51.3411", "12.3735", "de")
GIULIA = Person("Giulia Conti", "Via Savona 18", "20144", "Milano", "IT", "45.4527", "9.1690", "en")
LOTTE = Person("Lotte Janssens", "Kouter 30", "9000", "Gent", "BE", "51.0500", "3.7253", "en")
PEOPLE = (CAMILLE, LOUIS, JONAS, MIA, GIULIA, LOTTE)
