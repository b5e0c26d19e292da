import java.io.*;
import java.math.BigDecimal;
import java.net.*;
import java.nio.channels.*;
import java.nio.file.Path;
import java.sql.*;
import java.util.*;

/** Reads the views named in the arguments through JDBC; prints them as the other clients here do. */
public class Read {
	/** JDBC knows no Unix sockets and the scratch server no others: a port that only this process knows leads there. */
	static int forward(Path socket) throws IOException {
		ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		start(() -> {
			while (true) {
				SocketChannel client = listener.accept();
				SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(socket));
				start(() -> copy(client, server));
				start(() -> copy(server, client));
			}
		});
		return ((InetSocketAddress) listener.getLocalAddress()).getPort();
	}

	interface Task {
		void run() throws IOException;
	}

	static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			} catch (IOException e) {
				// the other side is gone
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	static void copy(SocketChannel from, SocketChannel to) throws IOException {
		java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(65536);
		while (from.read(buffer) >= 0) {
			buffer.flip();
			while (buffer.hasRemaining())
				to.write(buffer);
			buffer.clear();
		}
		to.shutdownOutput();
	}

	static String show(String view, String column, Object value) {
		if (value == null)
			return "\\N";
		if (value instanceof Long || value instanceof Integer || value instanceof String)
			return value.toString();
		if (value instanceof BigDecimal)
			return ((BigDecimal) value).toPlainString();
		if (value instanceof java.sql.Date)
			return ((java.sql.Date) value).toLocalDate().toString();
		if (value instanceof Boolean)
			return (Boolean) value ? "t" : "f";
		throw new IllegalStateException(view + "." + column + " comes as " + value.getClass());
	}

	public static void main(String[] views) throws Exception {
		Map<String, String> env = System.getenv();
		int port = forward(Path.of(env.get("PGHOST"), ".s.PGSQL." + env.get("PGPORT")));
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
		String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + env.get("PGDATABASE") + "?sslmode=disable&gssEncMode=disable";
		try (Connection connection = DriverManager.getConnection(url, env.get("PGUSER"), "")) {
			for (String view : views) {
				// prepared, and past the threshold after which the driver asks for binary values
				try (PreparedStatement query = connection.prepareStatement("SELECT * FROM " + view + " ORDER BY key")) {
					query.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(-1);
					try (ResultSet rows = query.executeQuery()) {
						ResultSetMetaData columns = rows.getMetaData();
						out.println("== " + view);
						while (rows.next()) {
							StringJoiner line = new StringJoiner("|");
							for (int i = 1; i <= columns.getColumnCount(); i++)
								line.add(show(view, columns.getColumnName(i), rows.getObject(i)));
							out.println(line);
						}
					}
				}
			}
		}
		out.flush();
	}
}
