"""How gunicorn serves Plumbline."""

import os

bind = f"{os.environ.get('PLUMBLINE_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("PLUMBLINE_WORKERS", "2"))
worker_class = "gthread"
threads = 4
# Longer than the idle time of the proxies in front, or they reuse a connection that is just being closed.
keepalive = 75
timeout = 60
accesslog = None
errorlog = "-"
loglevel = "warning"
limit_request_line = 4094
