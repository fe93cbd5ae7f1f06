/// What `diptych --version` prints.
enum ProgramVersion {
    static let current = "0.1.0"
}
