"""Who a command acts for when nobody is named."""

import getpass
import os


def process_user() -> str:
    """Return the name of the user that this process runs as, or the number of one without a name, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
