"""A throw-away installation attacked by wapiti and sqlmap: what script/scan runs."""
