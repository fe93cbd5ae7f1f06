// The umbrella that Swift imports.
#include "kernels.h"
