// A relay on Socket.IO, for `cargo run --release -p muster-loadtest --example peers`: what one client emits as "frame" goes to
// all the others. Run it in a folder in which `npm install socket.io@4.8.4` was done; the first argument is the port.
import { createServer } from "node:http";
import { Server } from "socket.io";

const server = createServer();
const io = new Server(server, { maxHttpBufferSize: 2 * 1024 * 1024, perMessageDeflate: false, transports: ["websocket"] });
io.on("connection", (socket) => socket.on("frame", (frame) => socket.broadcast.emit("frame", frame)));
server.listen(Number(process.argv[2] ?? 4500), "127.0.0.1", () => console.log(`pid ${process.pid}`));
