// Another program in the terminal: an editor.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CNcurses.h"
#include "internal.h"

extern char **environ;

/// Starts a program with its standard streams at the terminal, and with the signals as a shell would start it.
static int start(const char *const *arguments, int input, int output, int error, pid_t *child) {
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0) return reason;
    posix_spawnattr_t attributes;
    reason = posix_spawnattr_init(&attributes);
    if (reason != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return reason;
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (error >= 0) posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO);
    // Whoever calls may hold signals back, and what is ignored here would be ignored there.
    sigset_t none, standard;
    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGINT);
    sigaddset(&standard, SIGQUIT);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    reason = posix_spawn(child, arguments[0], &actions, &attributes, (char *const *)arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return reason;
}

int program_run(const char *const *arguments, int input, int output, int error) {
    // Ctrl+C and Ctrl+\ are the other program's. Ctrl+Z stops both, so that the shell can continue both.
    static const int numbers[] = {SIGINT, SIGQUIT, SIGTSTP};
    enum { count = sizeof numbers / sizeof *numbers };
    struct sigaction ours[count], ignored = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL};
    for (int i = 0; i < count; i++) {
        sigaction(numbers[i], numbers[i] == SIGTSTP ? &standard : &ignored, &ours[i]);
    }
    pid_t child = -1;
    int status = 0;
    int reason = start(arguments, input, output, error, &child);
    if (reason == 0) {
        while (waitpid(child, &status, 0) < 0) {
            if (errno == EINTR) continue;
            reason = errno;
            break;
        }
    }
    for (int i = 0; i < count; i++) sigaction(numbers[i], &ours[i], NULL);
    if (reason != 0) {
        errno = reason;
        return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
