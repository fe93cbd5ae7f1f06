"""llama.cpp, through the wheel `xllamacpp`: one token after a prompt, then the end of the process.

Arguments: the model, the threads, the context; without any, only the module is loaded. The prompt comes on standard
input.
"""

import os
import sys

import llama

if len(sys.argv) > 1:
    server = llama.open_server(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    print(llama.complete(server, sys.stdin.read(), 1)["prompt_n"], flush=True)
    os._exit(0)
