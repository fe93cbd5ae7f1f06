import FlyingSocks
import Foundation

/// An address that clients connect to.
struct Listener: Sendable {
    let socket: Socket
    /// The port, also where the system chose it.
    let port: UInt16

    /// - Parameter port: 0 for one that the system chooses.
    /// - Throws: ``ServerError``.
    init(host: String, port: UInt16) throws {
        if let address = try? sockaddr_in.inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port) {
            socket = try Self.open(address, host: host, port: port)
        } else if let address = try? sockaddr_in6.inet6(ip6: host, port: port) {
            socket = try Self.open(address, host: host, port: port)
        } else {
            throw ServerError.badHost(host)
        }
        switch try? socket.sockname() {
        case .ip4(_, let port), .ip6(_, let port): self.port = port
        default: self.port = port
        }
    }

    private static func open(_ address: some SocketAddress, host: String, port: UInt16) throws(ServerError) -> Socket {
        do {
            let socket = try Socket(domain: Int32(type(of: address).family))
            do {
                try socket.setValue(true, for: .localAddressReuse)
                try socket.bind(to: address)
                try socket.listen()
                try socket.setFlags(.nonBlocking)
                return socket
            } catch {
                try? socket.close()
                throw error
            }
        } catch SocketError.failed(_, errno: EADDRINUSE, _) {
            throw .portTaken(host: host, port: port)
        } catch SocketError.failed(_, errno: EACCES, _) {
            throw .portRefused(host: host, port: port)
        } catch SocketError.failed(_, errno: EADDRNOTAVAIL, _) {
            throw .badHost(host)
        } catch SocketError.failed(_, let code, _) {
            throw .system("listen on \(host)", code: code)
        } catch {
            throw .badHost(host)
        }
    }

    /// The next client; nil when the poller drains.
    func accept(_ poller: Poller) async -> Socket? {
        while true {
            do {
                let socket = Socket(file: try socket.accept().file)
                try socket.setFlags(.nonBlocking)
                try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
                return socket
            } catch SocketError.blocked {
                guard (try? await poller.wait(for: .readable, on: socket.file.rawValue, isIdle: true)) != nil else {
                    return nil
                }
            } catch {
                // A client that left at once, or no descriptor is free: others may be, soon.
                guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { return nil }
            }
        }
    }
}
