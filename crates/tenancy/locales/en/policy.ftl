# Names of the policies, and what stands between their parts.
policy-title-rules = House rules
policy-title-social-media = Social media policy
policy-title-moderation = Moderation policy
policy-title-privacy = Privacy policy
policy-title-accessibility = Accessibility
policy-title-transparency = Transparency
policy-title-imprint = Imprint
policy-title-closure-notice = Closure notice
policy-title-participation-agreement = Participation agreement
policy-additions = Additions by { $agency }
policy-elsewhere = More about us:
