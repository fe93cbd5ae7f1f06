/// Why a file can't be quantized. Each description is one line that says what was found and what to do.
public enum QuantizationError: Error, Equatable, CustomStringConvertible {
    /// The tensor is quantized already: doing it again adds error to error.
    case alreadyQuantized(path: String, tensor: String, format: String)
    case unsupportedFormat(path: String, tensor: String, format: String)
    /// Values of the tensor aren't numbers, or infinite.
    case notFinite(path: String, tensor: String)
    /// Values of the tensor are too large for the format.
    case tooLarge(path: String, tensor: String, format: String)
    case output(path: String, reason: String)
    case exists(path: String)
    case sameFile(path: String)
    case notRegular(path: String)

    public var description: String {
        switch self {
        case .alreadyQuantized(let path, let tensor, let format):
            "\(path.visible()): tensor \(tensor.visible()) is in \(format) already; take a file in F32, F16 or BF16, or "
                + "allow it with --allow-requantize at the cost of quality"
        case .unsupportedFormat(let path, let tensor, let format):
            "\(path.visible()): tensor \(tensor.visible()) is in \(format), which can't be read; take a file in F32, F16 "
                + "or BF16"
        case .notFinite(let path, let tensor):
            "\(path.visible()): tensor \(tensor.visible()) holds infinite values, or some that aren't numbers; the file is "
                + "damaged, fetch or convert it again"
        case .tooLarge(let path, let tensor, let format):
            "\(path.visible()): tensor \(tensor.visible()) holds values that are too large for \(format), whose scales are "
                + "16-bit floats"
        case .output(let path, let reason):
            "\(path.visible()): can't be written: \(reason); nothing was left behind"
        case .exists(let path): "\(path.visible()): exists already; choose another name, or replace it with --force"
        case .sameFile(let path): "\(path.visible()): can't be read and replaced at once; choose another name"
        case .notRegular(let path): "\(path.visible()): isn't a regular file; choose another name"
        }
    }
}
