# Around every page.
skip-to-content = Skip to content
nav-label = Main
nav-register = Register of agencies
nav-overview = Overview
nav-sign-out = Sign out
footer-what = { $host } runs on Belfry, the open platform on which public agencies speak on the fediverse.
footer-languages = Language
paging-label = More posts
paging-newer = Newer posts
paging-older = Older posts

date = { $day } { $month } { $year }
moment = { $day } { $month } { $year }, { $time } UTC
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
