# Letters about a request for admission, and the agreement that follows.
mail-request-subject = { $body }: your request { $number }
mail-request-body =
    Good day,

    Your request for a place for { $body } on { $host } has arrived. Its number is { $number }.

    To see how it stands, to answer questions and to prove that your domain is yours, open this page and type the number and the code:

    { $url }

    Code: { $code }

    Keep the code to yourself. If you did not send a request, leave this letter be.

mail-request-asked-subject = { $body }: a question about your request { $number }
mail-request-asked-body =
    Good day,

    About your request { $number } for { $body } there is a question:

    { $text }

    Please answer on this page. It takes the number and the code from our first letter:

    { $url }

mail-request-refused-subject = { $body }: your request { $number } was refused
mail-request-refused-body =
    Good day,

    Your request { $number } for { $body } was refused, for this reason:

    { $text }

mail-request-approved-subject = { $body }: your request { $number } was approved
mail-request-approved-body =
    Good day,

    Your request { $number } for { $body } was approved. The place is there: { $address }

    The invitation to own it went to { $owner }.

# The agreement that a body is admitted by. People change it before they sign.
agreement =
    Agreement on the use of { $host }

    Between { $lead } (the lead agency) and { $body } (the agency), which controls the domain { $domain }.

    1. The lead agency gives the agency the namespace { $host } for this purpose: { $purpose }

    2. The agency decides what it says there and answers for it. The lead agency reads none of it.

    3. The agency keeps to the rules that hold for all agencies, and may add rules of its own that are stricter.

    4. The agency names people who answer for the namespace, and says so when they change. It can be reached so: { $contact }

    5. The lead agency may suspend the namespace if it is abused, and says why. Nothing is lost by that.

    6. The agency may leave at any time and takes everything along: posts, followers and records. The name is given to no other body after it.

    7. Both look at this agreement again on the day of review.
