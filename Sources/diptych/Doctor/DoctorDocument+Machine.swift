import Configuration
import Foundation
import InferenceCore
import ModelLibrary

extension DoctorDocument {
    /// Looks around without changing anything.
    init(environment: Environment) {
        version = ProgramVersion.current
        let processor = Machine.processor(parsing: Machine.systemText("/proc/cpuinfo"))
        cpu = Processor(
            variant: Runtime.processorVariant, model: processor.model, features: processor.features,
            threads: Runtime.usableProcessors)
        memory = Machine.memory(parsing: Machine.systemText("/proc/meminfo"))
        memory.available = MachineMemory().availableBytes
        terminal = .current(environment: environment.variables)
        programs = ["python3", "pip3"].map { name in
            Program(name: name, path: ProgramSearch.path(of: name, searching: environment["PATH"] ?? ""))
        }
        mend = []
        do {
            let library = try ModelLibrary(environment: environment)
            directories = Directory.all(library.directories)
            let whereabouts = library.whereabouts()
            models = library.catalog.models.map { Model($0.entry, path: whereabouts.paths[$0.entry.id]) }
            caches = whereabouts.folders.filter { $0.isThere && $0.path != library.directories.models }
                .map { Cache($0) }
            mend += whereabouts.notes.map { "\($0)." }
            servers = try ConfigurationFile(directories: library.directories).servers
                .map { Server($0, environment: environment) }
        } catch {
            (directories, models, caches, servers) = ([], [], [], [])
            mend.append(String(oneLine: error))
        }
        mend += remedies
    }

    /// What is amiss, and what to do about it.
    private var remedies: [String] {
        var remedies: [String] = []
        if cpu.variant == "scalar" {
            remedies.append(
                "The kernels run without vector instructions, many times slower: a processor with AVX2 has them."
            )
        }
        if terminal.term == nil || terminal.term == "dumb" {
            remedies.append("TERM says there is no screen to draw on: the playground needs a terminal.")
        }
        if !terminal.isUTF8 {
            remedies.append("The locale is not UTF-8: set LANG=C.UTF-8, or the screen is drawn in ASCII.")
        }
        for directory in directories where !directory.isWritable {
            remedies.append(
                "The \(directory.name) directory \(directory.path) is not writable: change its owner or mode.")
        }
        if !models.isEmpty, models.allSatisfy({ $0.path == nil }), caches.allSatisfy({ $0.models == 0 }) {
            remedies.append("No model is on disk: fetch the default pair with 'diptych models pull'.")
        }
        for server in servers {
            if let problem = server.problem { remedies.append("\(problem).") }
        }
        for program in programs where program.path == nil {
            remedies.append("\(program.name) is not on PATH: 'diptych models pull' needs it for some sources.")
        }
        return remedies
    }
}

extension DoctorDocument.Server {
    /// Reads the key, unless a command has to be run for it.
    fileprivate init(_ settings: ServerSettings, environment: Environment) {
        (name, url) = (settings.name, settings.url)
        key = settings.key?.description
        do {
            var settings = settings
            // Nothing is run to look around.
            if case .command = settings.key { settings.key = nil }
            try settings.endpoint(environment, allowsPlainHTTP: false).checkWay()
        } catch {
            problem = String(oneLine: error)
        }
    }
}

extension DoctorDocument.Directory {
    fileprivate static func all(_ directories: Directories) -> [DoctorDocument.Directory] {
        [
            DoctorDocument.Directory(name: "configuration", at: directories.configuration),
            DoctorDocument.Directory(name: "models", at: directories.models),
            DoctorDocument.Directory(name: "state", at: directories.state),
            DoctorDocument.Directory(name: "cache", at: directories.cache),
        ]
    }

    private init(name: String, at path: String) {
        self.name = name
        self.path = path
        exists = FileManager.default.fileExists(atPath: path)
        var existing = URL(filePath: path)
        while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
            existing.deleteLastPathComponent()
        }
        isWritable = FileManager.default.isWritableFile(atPath: existing.path)
    }
}
