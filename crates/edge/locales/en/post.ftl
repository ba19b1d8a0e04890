# Posts and threads.
post-by = Post by { $name }
post-boosted-by = { $name } boosted
post-replies = { $count ->
    [one] { $count } reply
   *[other] { $count } replies
}
post-boosts = { $count ->
    [one] { $count } boost
   *[other] { $count } boosts
}
post-favourites = { $count ->
    [one] { $count } favourite
   *[other] { $count } favourites
}
post-edited = Edited { $at }
post-image-undescribed = Image without a description
post-file-undescribed = Attached file

thread-title = { $name }: “{ $text }”
thread-heading = Post by { $name }
thread-replies = { $count ->
    [0] Replies
    [one] { $count } reply
   *[other] { $count } replies
}
thread-no-replies = No public replies yet.
thread-how-to-reply = To reply, open this page’s address in the search box of your own fediverse app.
