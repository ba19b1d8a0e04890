//! Receive: verify, authorise, apply. Send: render activities, plan the audience. Fetch through the guarded client.
