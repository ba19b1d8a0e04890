# Wat voor organisatie het is.
body-type = Soort organisatie
body-type-ministry = Ministerie
body-type-agency = Dienst of autoriteit
body-type-municipality = Gemeente
body-type-region = Regio of provincie
body-type-parliament = Parlement
body-type-court = Rechtbank
body-type-education = Onderwijs
body-type-health = Gezondheid
body-type-other = Overig
