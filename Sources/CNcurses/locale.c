#define _XOPEN_SOURCE 700
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

#include "CNcurses.h"

static bool is_utf8(const char *codeset) {
    return strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "utf8") == 0;
}

/// The variable that decides about characters, in POSIX' order; NULL if none is set.
static const char *character_locale(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') return value;
    }
    return NULL;
}

bool terminal_prepare_locale(void) {
    if (setlocale(LC_CTYPE, "") != NULL && is_utf8(nl_langinfo(CODESET))) return true;
    const char *wanted = character_locale();
    const char *codeset = wanted == NULL ? NULL : strrchr(wanted, '.');
    static const char *const fallbacks[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"};
    for (size_t i = 0; i < sizeof fallbacks / sizeof fallbacks[0]; i++) {
        if (setlocale(LC_CTYPE, fallbacks[i]) != NULL) break;
    }
    // A locale that is named but not installed still says what the terminal understands.
    return wanted == NULL || (codeset != NULL && is_utf8(codeset + 1));
}

int terminal_scalar_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
