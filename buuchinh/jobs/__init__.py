"""Run long work in a process of its own, which a closed page or a dead server does not stop.

A job's state is a file (``job_state``), so any process may watch it. One job runs at a time (``start_job``).
``run_job`` is called in the job's own process, and ``stop_job`` stops a job or continues one that did not end. This
package knows nothing about the work itself, which the caller supplies as functions by name.
"""
