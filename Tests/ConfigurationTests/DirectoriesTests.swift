import Configuration
import Testing

@Suite struct DirectoriesTests {
    @Test func homeAloneGivesTheSpecificationsDefaults() throws {
        let directories = try Directories(environment: Environment(["HOME": "/home/someone"]))
        #expect(directories.configurationFile == "/home/someone/.config/diptych/config.yaml")
        #expect(directories.models == "/home/someone/.local/share/diptych/models")
        #expect(directories.sessions == "/home/someone/.local/state/diptych/sessions")
        #expect(directories.cache == "/home/someone/.cache/diptych")
        #expect(directories.historyFile == "/home/someone/.local/state/diptych/history.jsonl")
        #expect(directories.prompts == "/home/someone/.config/diptych/prompts")
    }

    @Test func variablesWinOverHome() throws {
        let directories = try Directories(
            environment: Environment([
                "HOME": "/home/someone", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d/", "XDG_STATE_HOME": "/s",
                "XDG_CACHE_HOME": "/k",
            ]))
        #expect(directories.configuration == "/c/diptych")
        #expect(directories.data == "/d/diptych")
        #expect(directories.state == "/s/diptych")
        #expect(directories.cache == "/k/diptych")
    }

    @Test(arguments: ["relative/path", "", "~/data"])
    func whatIsNotAnAbsolutePathIsIgnored(value: String) throws {
        let directories = try Directories(environment: Environment(["HOME": "/h", "XDG_DATA_HOME": value]))
        #expect(directories.data == "/h/.local/share/diptych")
    }

    @Test func homeIsNotNeededWhenEveryVariableIsSet() throws {
        let all = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"]
        let variables = Dictionary(uniqueKeysWithValues: all.map { ($0, "/x") })
        #expect(try Directories(environment: Environment(variables)).data == "/x/diptych")
    }

    @Test func withoutHomeTheErrorNamesWhatToSet() {
        let error = #expect(throws: DirectoriesError.self) {
            try Directories(environment: Environment(["XDG_CONFIG_HOME": "/c"]))
        }
        #expect(error?.description == "HOME is not set: set it, or set XDG_DATA_HOME, to an absolute path")
    }

    @Test func aRelativeHomeIsNamed() {
        let error = #expect(throws: DirectoriesError.self) {
            try Directories(environment: Environment(["HOME": "here"]))
        }
        #expect(error?.description.contains("'here'") == true)
    }
}
