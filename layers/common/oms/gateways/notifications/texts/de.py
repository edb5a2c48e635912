"""Deutsch. Zeilen mit einem `$feld` ohne Wert entfallen."""

HELLO_NAME, HELLO = "Guten Tag $name,", "Guten Tag,"
ORDER_LINK = "Ihre Bestellung: $order_url"
CLOSING = "$shop"
DATE = "{day}. {month} {year}"
MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
REASONS = {
    "FAILURE": "Niemand konnte sie annehmen, oder die Adresse war nicht zu finden",
    "RETURN_TO_SENDER": "Das Paket ist auf dem Rückweg zu uns",
    "CHANGED_MIND": "Sie haben es sich anders überlegt",
    "NO_LONGER_NEEDED": "Sie wird nicht mehr gebraucht",
    "PAYMENT": "Die Zahlung ist fehlgeschlagen",
}

TEXTS: dict[str, tuple[str, str]] = {
    "SUPPORT_WAITING": (
        "Wir haben Ihre Bestellung $order erhalten",
        """
Vielen Dank für Ihre Bestellung $order. Sie wartet nun auf die Vorbereitung.
$items
Gesamtbetrag: $total
Voraussichtlich am $promise.

Wir schreiben Ihnen, sobald wir mit dem Packen beginnen.
""",
    ),
    "IN_PREPARATION": (
        "Ihre Bestellung $order wird vorbereitet",
        """
Wir bereiten Ihre Bestellung $order gerade vor.
$items
Voraussichtlich am $promise.
""",
    ),
    "READY_FOR_PICKUP": (
        "Ihre Bestellung $order liegt bereit",
        """
Ihre Bestellung $order liegt für Sie bereit.
Wo: $node
$address

Abholcode: $code
Bitte zeigen Sie den Code bei der Abholung vor.
Wir bewahren sie bis $collect_by für Sie auf.
""",
    ),
    "PICKUP_REMINDER": (
        "Ihre Bestellung $order wartet noch auf Sie",
        """
Zur Erinnerung: Ihre Bestellung $order liegt für Sie bereit.
Wo: $node
$address

Abholcode: $code
Wir bewahren sie bis $collect_by für Sie auf.
""",
    ),
    "UNCOLLECTED": (
        "Ihre Bestellung $order wurde nicht abgeholt",
        """
Ihre Bestellung $order wurde nicht rechtzeitig abgeholt. Wir haben sie wieder eingelagert.
Sie zahlen dafür nichts; ein bereits eingezogener Betrag wird erstattet.
""",
    ),
    "READY_TO_SHIP": (
        "Ihre Bestellung $order ist gepackt",
        """
Ihre Bestellung $order ist gepackt und wartet auf den Versanddienst.
$items
Versanddienst: $carrier
""",
    ),
    "SHIPPED": (
        "Ihre Bestellung $order ist unterwegs",
        """
Ihre Bestellung $order hat unser Haus verlassen.
$items

Versanddienst: $carrier
Sendungsnummer: $tracking
Sendung verfolgen: $tracking_url
Voraussichtlich am $promise.
""",
    ),
    "DELIVERED": (
        "Ihre Bestellung $order ist angekommen",
        """
Ihre Bestellung $order wurde zugestellt.
Falls etwas nicht stimmt, antworten Sie einfach auf diese Nachricht.
""",
    ),
    "DIGITAL_DELIVERED": (
        "Ihre Bestellung $order: hier ist sie",
        """
Vielen Dank für Ihre Bestellung $order. Das haben Sie bestellt:

$goods

Bewahren Sie diese Nachricht auf: Wer einen Code kennt, kann ihn einlösen.
""",
    ),
    "DELIVERY_FAILED": (
        "Ihre Bestellung $order konnte nicht zugestellt werden",
        """
Der Versanddienst konnte Ihre Bestellung $order nicht zustellen.
Grund: $reason
Sendungsnummer: $tracking
Sendung verfolgen: $tracking_url

Wir schreiben Ihnen, wie es weitergeht.
""",
    ),
    "RETURNED_TO_SENDER": (
        "Ihre Bestellung $order ist zu uns zurückgekommen",
        """
Der Paketdienst konnte Ihre Bestellung $order nicht zustellen und hat sie zu uns zurückgebracht.
$items
Sendungsnummer: $tracking

Wir prüfen die Ware und erstatten dann, was Ihnen zusteht.
""",
    ),
    "PICKED_UP": (
        "Sie haben Ihre Bestellung $order abgeholt",
        """
Vielen Dank, dass Sie Ihre Bestellung $order abgeholt haben. Viel Freude damit!
$items
""",
    ),
    "DELAYED": (
        "Ihre Bestellung $order verspätet sich",
        """
Es tut uns leid: Ihre Bestellung $order braucht länger als versprochen.
Sie kommt nun voraussichtlich am $promise.

Sie müssen nichts tun. Was noch nicht versandt ist, können Sie stornieren.
""",
    ),
    "BACKORDERED": (
        "Ein Teil Ihrer Bestellung $order ist unterwegs zu uns",
        """
Ein Artikel Ihrer Bestellung $order ist zurzeit nicht vorrätig.
Die nächste Lieferung ist für Sie reserviert.
$items
Voraussichtlich am $promise.
""",
    ),
    "CANCELLED": (
        "Stornierung Ihrer Bestellung $order",
        """
Wir haben Ware Ihrer Bestellung $order storniert.
Es betrifft: $items
Grund: $reason
Sie zahlen dafür nichts; ein bereits eingezogener Betrag wird erstattet.
""",
    ),
    "PAYMENT_PENDING": (
        "Bitte bestätigen Sie die Zahlung Ihrer Bestellung $order",
        """
Ihre Bank bittet Sie, die Zahlung Ihrer Bestellung $order zu bestätigen.
Hier bestätigen: $action_url
""",
    ),
    "PAYMENT_DECLINED": (
        "Die Zahlung Ihrer Bestellung $order wurde abgelehnt",
        """
Ihre Bank hat die Zahlung Ihrer Bestellung $order abgelehnt.
Betrag: $amount
Es wurde nichts abgebucht. Gern können Sie mit einem anderen Zahlungsmittel neu bestellen.
""",
    ),
    "RETURN_REQUESTED": (
        "Ihre Rücksendung zur Bestellung $order",
        """
Wir haben Ihre Rücksendung zur Bestellung $order aufgenommen.
$items
Bitte senden Sie sie an: $return_to

Die Erstattung folgt, wenn die Ware eingetroffen ist.
""",
    ),
    "RETURNED": (
        "Ihre Rücksendung zur Bestellung $order ist eingetroffen",
        """
Ihre Rücksendung zur Bestellung $order ist eingetroffen.
$items
Wir prüfen sie nun und erstatten dann, was Ihnen zusteht.
""",
    ),
    "RETURN_REJECTED": (
        "Zu Ihrer Rücksendung zur Bestellung $order",
        """
Was Sie aus Bestellung $order zurückgeben wollten, können wir nicht zurücknehmen.
$items
""",
    ),
    "REFUNDED": (
        "Ihre Erstattung zur Bestellung $order",
        """
Wir haben die Erstattung zu Ihrer Bestellung $order veranlasst.
Betrag: $amount
Je nach Bank dauert es einige Tage, bis Sie den Betrag sehen.
""",
    ),
}
