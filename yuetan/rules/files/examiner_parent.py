"""A small process that has read the libraries, and has each uploaded file examined by a child of its own.

It never reads a file itself, so that no file can break what judges the next. It is started once by each process that
takes uploads (actions/files/warm_examiner.py) and ends when that one does.
"""

import errno
import gc
import json
import os
import select
import signal
import socket
import struct
import traceback
from typing import NoReturn

from PIL import Image

from yuetan.rules.files.examiner import answer_bounded

POLITENESS = 10  # whoever waits for a page goes first
SECONDS = 120  # by the clock, of a machine that has much else to do
QUESTION_BYTES = 64 * 1024
# The open files that come with a question: the one offered, what is kept of a picture, the answer, what went wrong.
OPEN_FILES = 4
STATUS = struct.Struct("i")


def serve(line_number: int) -> None:
    """Answer what comes on the open socket of that number, one file after the other, until its other end is closed."""
    os.nice(POLITENESS)
    Image.init()
    gc.collect()
    gc.freeze()  # else every child would copy the memory that its collector looks through
    line = socket.socket(fileno=line_number)
    while True:
        question, open_files, _, _ = socket.recv_fds(line, QUESTION_BYTES, OPEN_FILES)
        if not question:
            return
        child = os.fork()
        if child == 0:
            _examine_and_exit(line, question, open_files)
        for number in open_files:
            os.close(number)
        try:
            line.send(STATUS.pack(_end_of(child, line)))
        except BrokenPipeError:
            return


def _examine_and_exit(line: socket.socket, question: bytes, open_files: list[int]) -> NoReturn:
    """In the child: without the line, on which a broken child could answer for another file."""
    line.close()
    status = 1
    offered, drawn, answered, errors = open_files
    os.dup2(errors, 2)
    try:
        answer_bounded(json.loads(question), offered, drawn, answered)
        status = 0
    except OSError as error:  # the disk is full, or so: nothing that the file is to blame for
        status = os.EX_TEMPFAIL if error.errno == errno.ENOSPC else status
        traceback.print_exc()
    except BaseException:  # noqa: BLE001 - whatever it was, this child ends here
        traceback.print_exc()
    finally:
        os._exit(status)


def _end_of(child: int, line: socket.socket) -> int:
    """How a child ended; it is ended when its time is over, and when nobody waits for its answer any more."""
    ended = os.pidfd_open(child)
    try:
        if ended not in select.select([ended, line.fileno()], [], [], SECONDS)[0]:
            os.kill(child, signal.SIGKILL)
        return os.waitpid(child, 0)[1]
    finally:
        os.close(ended)
