# Rond iedere pagina.
skip-to-content = Naar de inhoud
nav-label = Hoofdmenu
nav-register = Register van organisaties
nav-overview = Overzicht
nav-sign-out = Uitloggen
footer-what = { $host } draait op Belfry, het open platform waarop overheidsorganisaties spreken op de fediverse.
footer-languages = Taal
paging-label = Meer berichten
paging-newer = Nieuwere berichten
paging-older = Oudere berichten

date = { $day } { $month } { $year }
moment = { $day } { $month } { $year }, { $time } UTC
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
