import Foundation

/// The first line of a session file.
public struct SessionHeader: Sendable, Equatable, Codable {
    /// Rises when a record changes its meaning or an enumeration gets a new value. New kinds of records and new fields
    /// leave it as it is: readers skip what they don't know.
    public static let currentSchema = 2

    public var schema: Int
    /// Who wrote the file: "diptych".
    public var program: String
    public var version: String
    /// By the wall clock, to the second. All other times are measured from here.
    public var started: Date
    public var machine: RecordedMachine

    public init(
        schema: Int = Self.currentSchema, program: String, version: String, started: Date, machine: RecordedMachine
    ) {
        self.schema = schema
        self.program = program
        self.version = version
        self.started = started
        self.machine = machine
    }
}

/// The machine that a session was recorded on; what isn't known is nil.
public struct RecordedMachine: Sendable, Equatable, Codable {
    /// The operating system, such as "Linux 6.1".
    public var system: String?
    /// The processor's name.
    public var processor: String?
    /// The variant of the kernels that computed, such as "avx2".
    public var kernels: String?
    /// Processors that this process may use.
    public var processors: Int?
    public var memoryBytes: Int?

    public init(
        system: String? = nil, processor: String? = nil, kernels: String? = nil, processors: Int? = nil,
        memoryBytes: Int? = nil
    ) {
        self.system = system
        self.processor = processor
        self.kernels = kernels
        self.processors = processors
        self.memoryBytes = memoryBytes
    }
}
