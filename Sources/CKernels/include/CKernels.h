// The umbrella that Swift imports.
#include "kernels.h"
#include "mapping_guard.h"
