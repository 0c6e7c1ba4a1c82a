"""Kernels that start warm: each is forked from a process that has loaded what every notebook imports.

Loading pandas, Altair, NLTK and scikit-learn takes 4 CPU seconds (measured), more than most notebooks' own work. A fork
server pays them once for a command. Every notebook still has a process of its own, as it is right after loading. Where
the system cannot fork, kernels start as usual.
"""

import gc
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import tempfile
from contextlib import ExitStack, suppress
from importlib.metadata import EntryPoint
from multiprocessing import forkserver, resource_tracker
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Thread
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from litreview.engine.worker_processes import end_with_parent
from litreview.text.atomic_files import HOST, remove_leftovers

_NAME = "litreview-forked"
# What notebooks import, what kernels load, and the rules. No other data is read, and no random number drawn, by them.
_PACKAGES = "report.kernels charts review analysis.summary_tables analysis.similarity analysis.key_terms"
_PACKAGES += " themes.preload commands"  # each child imports the main module of the command again
_LOADED = "IPython.core.debugger sqlite3 pyarrow.dataset narwhals._pandas_like.namespace".split()
_LOADED += [f"litreview.{name}" for name in _PACKAGES.split()]


OWN = ExitStack()  # holds the folder of this command's temporary files; closing it removes the folder
Finalize(None, OWN.close, exitpriority=-200)  # behind multiprocessing's own, which removes its folder in there at -100


class _Process:
    """A forked kernel with the parts of `subprocess.Popen` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str]) -> None:
        forking = multiprocessing.get_context("forkserver")
        self._process = forking.Process(target=_be_a_kernel, args=(arguments, Path.cwd()), daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Exit status; None while it runs."""
        return self._process.exitcode

    wait = poll  # it is asked to wait only when it has ended

    def send_signal(self, number: int) -> None:
        """Send a signal while it runs."""
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)


def _be_a_kernel(arguments: list[str], folder: Path) -> None:
    """What the forked process does until it is told to stop."""
    os.setsid()  # a Ctrl-C on the terminal is for the command, which then ends its kernels
    os.chdir(folder)
    gc.freeze()  # what was loaded before the fork is not looked through for garbage, which would copy its memory
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody stops in a report; loading it takes a while
    Thread(target=end_with_parent, daemon=True).start()
    # With a parent named, a kernel does not tell the terminal how to reach it.
    own = {"parent_handle": os.getppid(), "exec_lines": "__import__('litreview').show_tables()"}
    IPKernelApp.launch_instance(argv=[*arguments, *(f"--IPKernelApp.{name}={each}" for name, each in own.items())])


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel as a fork instead of as a new Python."""

    async def launch_kernel(self, cmd: list[str], **_: Any) -> KernelConnectionInfo:
        """Fork a kernel with the arguments that follow `python -m ipykernel_launcher`; gives how to reach it."""
        # It has what the base class asks of a Popen.
        self.process = process = _Process(cmd[cmd.index("-f") :])  # type: ignore[assignment]
        self.pid = process.pid
        return self.connection_info


def keep_own_folder(beside: Path) -> None:
    """From now on this process and its kernels put temporary files into a folder of their own inside `beside`.

    A kill leaves it there, and the next run removes it. Where no socket can be made in it (a path of over 107 bytes,
    a disk that has none or is full, no such folder), it lies in the system's folder; on Windows, none is made.
    """
    for place in (beside.absolute(), Path(tempfile.gettempdir())):
        remove_leftovers(place)
        with suppress(OSError, AttributeError), ExitStack() as undo, socket.socket(socket.AF_UNIX) as probe:
            made = tempfile.mkdtemp(prefix=f".litreview-{os.getpid()}-{HOST}", dir=place)
            undo.callback(shutil.rmtree, made, ignore_errors=True)
            probe.bind(f"{made}/{'x' * 31}")  # as long as the names of sockets in it
            Path(made, "room").write_bytes(bytes(1 << 16))  # which a full disk has not
            os.environ["TMPDIR"] = tempfile.tempdir = made
            OWN.push(undo.pop_all())
            return


def start_warm(beside: Path | None = None) -> None:
    """From now on the kernels that this process starts are forks, where it can fork; a worker of Dask may not.

    beside: a folder for what is temporary, as `keep_own_folder` has it.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods() or multiprocessing.current_process().daemon:
        return
    if beside and not Path(tempfile.gettempdir()).name.startswith(".litreview-"):  # a second run has it already
        keep_own_folder(beside)
    KernelProvisionerFactory.provisioners[_NAME] = EntryPoint(_NAME, f"{__name__}:ForkedProvisioner", "")
    KernelProvisionerFactory.instance().default_provisioner_name = _NAME
    forkserver.set_forkserver_preload(_LOADED)
    resource_tracker.ensure_running()
    # The server inherits the mask: Ctrl-C is for the command to answer, also while the server loads.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    forkserver.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
