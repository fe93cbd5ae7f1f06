/* The values that IQ4_NL's and IQ4_XS's codes stand for: closer together about zero, where most weights are. */
#ifndef CK_IQ4_TABLE_H
#define CK_IQ4_TABLE_H

#include <stdint.h>

static const int8_t ck_iq4_values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

#endif
