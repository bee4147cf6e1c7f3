"""Runs the cluster of PostgreSQL with Patroni, etcd, HAProxy and pgBackRest, and Kinoteka's services on it."""
