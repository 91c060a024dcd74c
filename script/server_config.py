"""How gunicorn serves the site, under script/server and under systemd alike."""

import os

worker_class = "yuetan.patient_worker.PatientWorker"
workers = int(os.environ.get("YUETAN_WORKERS") or 2)
threads = int(os.environ.get("YUETAN_THREADS") or 8)  # of each worker; each has a connection to the database
worker_connections = 1000
sendfile = False  # what a client reads slowly is to be noticed
timeout = 120  # of the loop, which never waits; no request is cut off by it
keepalive = 5
_proxies = [name.strip() for name in os.environ.get("YUETAN_TRUSTED_PROXIES", "").split(",")]
forwarded_allow_ips = ",".join(name for name in _proxies if name and name != "unix") or "127.0.0.1,::1"
limit_request_line = 8190  # a search with all its filters
worker_tmp_dir = "/dev/shm"  # nosec B108 - the sign of life, on no disk that could be full
control_socket_disable = True
loglevel = "warning"
