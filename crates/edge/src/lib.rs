//! What every HTTP edge shares: the tenant from the Host header, sessions and CSRF, pages in two languages.
