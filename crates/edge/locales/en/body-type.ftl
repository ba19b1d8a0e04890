# What kind of body an agency is.
body-type = Kind of body
body-type-ministry = Ministry
body-type-agency = Agency or authority
body-type-municipality = Municipality
body-type-region = Region or province
body-type-parliament = Parliament
body-type-court = Court
body-type-education = Education
body-type-health = Health
body-type-other = Other
