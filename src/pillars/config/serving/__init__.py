"""Running the product: its database, web server and worker as one thing that starts and ends."""
