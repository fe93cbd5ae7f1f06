import Testing

@testable import InferenceCore

struct ResidentMemoryTests {
    static let smaps = """
        7f0000000000-7f0000100000 r--s 00000000 fe:01 131  /models/a.gguf
        Size:               1024 kB
        Rss:                 512 kB
        Pss:                 256 kB
        Pss_Dirty:             0 kB
        VmFlags: rd mr mw me ms sd
        7f0000100000-7f0000200000 r--s 00100000 fe:01 131  /models/a.gguf
        Size:               1024 kB
        Rss:                   8 kB
        Pss:                   4 kB
        7f0000200000-7f0000300000 rw-p 00000000 00:00 0
        Rss:                 999 kB
        Pss:                 999 kB
        """

    @Test("areas of the mapping are summed up, others are not")
    func sums() {
        let memory = ResidentMemory(of: 0x7f00_0000_0000..<0x7f00_0020_0000, smaps: Self.smaps)
        #expect(memory.resident == 520 * 1024)
        #expect(memory.proportional == 260 * 1024)
    }

    @Test("available memory is read from meminfo")
    func available() {
        let text = "MemTotal: 100 kB\nMemFree: 3 kB\nMemAvailable:   24 kB\n"
        #expect(SystemMemory.available(meminfo: text) == 24 * 1024)
        #expect(SystemMemory.available(meminfo: "nothing") == nil)
    }
}
