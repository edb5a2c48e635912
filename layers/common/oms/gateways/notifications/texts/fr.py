"""Français. Les lignes dont un `$champ` est sans valeur sont omises."""

HELLO_NAME, HELLO = "Bonjour $name,", "Bonjour,"
ORDER_LINK = "Votre commande : $order_url"
CLOSING = "$shop"
DATE = "{day} {month} {year}"
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
REASONS = {
    "FAILURE": "personne n'a pu le recevoir, ou l'adresse est introuvable",
    "RETURN_TO_SENDER": "le colis est en route vers nous",
    "CHANGED_MIND": "vous avez changé d'avis",
    "NO_LONGER_NEEDED": "elle n'est plus nécessaire",
    "PAYMENT": "le paiement a échoué",
}

TEXTS: dict[str, tuple[str, str]] = {
    "SUPPORT_WAITING": (
        "Nous avons bien reçu votre commande $order",
        """
Merci pour votre commande $order. Elle est maintenant en attente de préparation.
$items
Total : $total
Livraison prévue le $promise.

Nous vous écrirons dès que nous commencerons à la préparer.
""",
    ),
    "IN_PREPARATION": (
        "Votre commande $order est en préparation",
        """
Nous préparons votre commande $order.
$items
Livraison prévue le $promise.
""",
    ),
    "READY_FOR_PICKUP": (
        "Votre commande $order vous attend",
        """
Votre commande $order vous attend.
Où : $node
$address

Code de retrait : $code
Merci de présenter ce code lors du retrait.
Nous la gardons pour vous jusqu'au $collect_by.
""",
    ),
    "PICKUP_REMINDER": (
        "Votre commande $order vous attend toujours",
        """
Pour rappel, votre commande $order est prête.
Où : $node
$address

Code de retrait : $code
Nous la gardons pour vous jusqu'au $collect_by.
""",
    ),
    "UNCOLLECTED": (
        "Votre commande $order n'a pas été retirée",
        """
Votre commande $order n'a pas été retirée à temps ; nous l'avons remise en stock.
Elle ne vous est pas facturée ; tout montant déjà prélevé est remboursé.
""",
    ),
    "READY_TO_SHIP": (
        "Votre commande $order est emballée",
        """
Votre commande $order est emballée et attend le transporteur.
$items
Transporteur : $carrier
""",
    ),
    "SHIPPED": (
        "Votre commande $order est en route",
        """
Votre commande $order vient de nous quitter.
$items

Transporteur : $carrier
Numéro de suivi : $tracking
Suivre le colis : $tracking_url
Livraison prévue le $promise.
""",
    ),
    "DELIVERED": (
        "Votre commande $order est arrivée",
        """
Votre commande $order a été livrée.
Si quelque chose ne va pas, répondez simplement à ce message.
""",
    ),
    "DIGITAL_DELIVERED": (
        "Votre commande $order : la voici",
        """
Merci pour votre commande $order. Voici ce que vous avez commandé :

$goods

Conservez ce message : quiconque possède un code peut l'utiliser.
""",
    ),
    "DELIVERY_FAILED": (
        "Votre commande $order n'a pas pu être livrée",
        """
Le transporteur n'a pas pu livrer votre commande $order.
Motif : $reason
Numéro de suivi : $tracking
Suivre le colis : $tracking_url

Nous vous écrirons dès que nous en saurons plus.
""",
    ),
    "RETURNED_TO_SENDER": (
        "Votre commande $order nous est revenue",
        """
Le transporteur n'a pas pu livrer votre commande $order et nous l'a rapportée.
$items
Numéro de suivi : $tracking

Nous vérifions les articles, puis nous remboursons ce qui vous est dû.
""",
    ),
    "PICKED_UP": (
        "Vous avez retiré votre commande $order",
        """
Merci d'avoir retiré votre commande $order. Profitez-en bien !
$items
""",
    ),
    "DELAYED": (
        "Votre commande $order a du retard",
        """
Nous sommes désolés : votre commande $order prend plus de temps que promis.
Elle est maintenant prévue pour le $promise.

Vous n'avez rien à faire. Vous pouvez annuler ce qui n'est pas encore expédié.
""",
    ),
    "BACKORDERED": (
        "Une partie de votre commande $order est en cours d'approvisionnement",
        """
Un article de votre commande $order n'est pas en stock en ce moment.
La prochaine livraison vous est réservée.
$items
Livraison prévue le $promise.
""",
    ),
    "CANCELLED": (
        "Annulation de votre commande $order",
        """
Nous avons annulé des articles de votre commande $order.
Articles concernés : $items
Motif : $reason
Ils ne vous sont pas facturés ; tout montant déjà prélevé est remboursé.
""",
    ),
    "PAYMENT_PENDING": (
        "Merci de confirmer le paiement de votre commande $order",
        """
Votre banque vous demande de confirmer le paiement de votre commande $order.
Confirmer ici : $action_url
""",
    ),
    "PAYMENT_DECLINED": (
        "Le paiement de votre commande $order a été refusé",
        """
Votre banque a refusé le paiement de votre commande $order.
Montant : $amount
Rien n'a été prélevé. Vous pouvez commander à nouveau avec un autre moyen de paiement.
""",
    ),
    "RETURN_REQUESTED": (
        "Votre retour pour la commande $order",
        """
Nous avons enregistré votre retour pour la commande $order.
$items
Merci de l'envoyer à : $return_to

Le remboursement suivra l'arrivée des articles.
""",
    ),
    "RETURNED": (
        "Votre retour pour la commande $order est arrivé",
        """
Votre retour pour la commande $order est arrivé.
$items
Nous l'examinons, puis nous remboursons ce qui vous est dû.
""",
    ),
    "RETURN_REJECTED": (
        "Au sujet de votre retour pour la commande $order",
        """
Nous ne pouvons pas reprendre les articles de la commande $order que vous vouliez rendre.
$items
""",
    ),
    "REFUNDED": (
        "Votre remboursement pour la commande $order",
        """
Nous avons effectué le remboursement de votre commande $order.
Montant : $amount
Selon votre banque, le montant apparaît au bout de quelques jours.
""",
    ),
}
