import Chat
import Foundation
import InferenceCore
import Recording

extension SessionHeader {
    /// The header of a session that begins now, on this machine.
    static func now() -> SessionHeader {
        let processor = Machine.processor(parsing: Machine.systemText("/proc/cpuinfo"))
        let memory = Machine.memory(parsing: Machine.systemText("/proc/meminfo"))
        return SessionHeader(
            program: "diptych", version: ProgramVersion.current, started: Date(),
            machine: RecordedMachine(
                system: ProcessInfo.processInfo.operatingSystemVersionString, processor: processor.model,
                kernels: Runtime.processorVariant, processors: ProcessInfo.processInfo.activeProcessorCount,
                memoryBytes: memory.total))
    }
}
