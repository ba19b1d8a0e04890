# Post en toelating op de console van de leidende organisatie.
console-nav-mailbox = Postbus
mailbox-title = Postbus
mailbox-lead = Dit platform heeft geen mailserver. Wat het aan mensen schrijft, blijft hier.
mailbox-help = Niemand anders kan deze brieven lezen, en wie ze zou moeten krijgen krijgt ze niet: geef door wat nodig is. De nieuwste { $most } worden bewaard. Om post te versturen noemt de beheerder een server in de instelling mail.url.
mailbox-to = Aan { $to }
mailbox-empty = Er is nog niets geschreven. Nodig iemand uit, dan verschijnt de brief hier.
