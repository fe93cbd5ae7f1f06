import Reports
import Testing
import TransportTestSupport

@testable import ModelLibrary

@Suite struct MachineMemoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try write("MemTotal:       2000 kB\nMemFree:  1 kB\nMemAvailable:   1000 kB\n", to: "proc/meminfo")
    }

    private func write(_ text: String, to name: String) throws {
        try folder.write(Array(text.utf8), to: name)
    }

    private var available: Int { MachineMemory(root: folder.path).availableBytes }

    @Test func withoutGroupsItIsMemAvailable() {
        #expect(available == 1_024_000)
    }

    @Test func aLimitAnywhereUpTheTreeBinds() throws {
        try write("0::/outer/inner\n", to: "proc/self/cgroup")
        try write("max\n", to: "sys/fs/cgroup/outer/inner/memory.max")
        try write("100\n", to: "sys/fs/cgroup/outer/inner/memory.current")
        #expect(available == 1_024_000)
        try write("500000\n", to: "sys/fs/cgroup/outer/memory.max")
        try write("300000\n", to: "sys/fs/cgroup/outer/memory.current")
        #expect(available == 200_000)
        try write("anon 5\ninactive_file 250000\n", to: "sys/fs/cgroup/outer/memory.stat")
        #expect(available == 450_000)
    }

    @Test func theFirstVersionOfGroups() throws {
        try write("5:cpu,memory:/job\n", to: "proc/self/cgroup")
        try write("9223372036854771712\n", to: "sys/fs/cgroup/memory/memory.limit_in_bytes")
        try write("0\n", to: "sys/fs/cgroup/memory/memory.usage_in_bytes")
        try write("9000\n", to: "sys/fs/cgroup/memory/job/memory.limit_in_bytes")
        try write("2000\n", to: "sys/fs/cgroup/memory/job/memory.usage_in_bytes")
        #expect(available == 7000)
    }

    @Test func aGroupThatIsOverItsLimitHasNothing() throws {
        try write("0::/\n", to: "proc/self/cgroup")
        try write("100\n", to: "sys/fs/cgroup/memory.max")
        try write("300\n", to: "sys/fs/cgroup/memory.current")
        #expect(available == 0)
    }

    @Test func nonsenseIsPassedOver() throws {
        try write("::\n\n:::x\nnothing\n", to: "proc/self/cgroup")
        #expect(available == 1_024_000)
        try write("MemAvailable: 99999999999999999 kB\n", to: "proc/meminfo")
        #expect(available > 0)
    }

    @Test func thisMachineHasSome() {
        #expect(MachineMemory().availableBytes > 1 << 20)
    }
}

@Suite struct FitTests {
    private func entry(bytes: Int, perToken: Int) -> CatalogEntry {
        CatalogEntry(
            id: "a", title: "A", file: "a", bytes: bytes, sha256: "", licence: "", keyValueBytesPerToken: perToken)
    }

    @Test func weightsCacheAndScratch() {
        let fit = Fit(
            estimating: entry(bytes: 1_600_000_000, perToken: 28_672), contextLength: 4096,
            availableBytes: 1_817_440_512)
        #expect(fit.neededBytes == 1_600_000_000 + 117_440_512 + 100_000_000)
        #expect(fit.fits)
    }

    @Test func hugeContextsDoNotOverflow() {
        let fit = Fit(estimating: entry(bytes: 1, perToken: 28_672), contextLength: .max, availableBytes: 1)
        #expect(fit.neededBytes == .max)
        #expect(!fit.fits)
    }
}
