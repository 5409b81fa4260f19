using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MaoApi.Data;
using MaoApi.Hosting;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Data;

/// <summary>
/// A server of its own in a temporary folder on loopback: MariaDB, or MySQL where <c>MAO_TEST_MYSQLD</c> names its <c>mysqld</c>. Or the server
/// <c>MAO_TEST_MYSQL</c> names by <c>mysql://user:password@host:port</c>.
/// </summary>
public sealed class MariaDbServer : IAsyncLifetime, IDisposable
{
    private const string Given = "MAO_TEST_MYSQL";
    private const string Installer = "mariadb-install-db";
    private const string MariaDb = "mariadbd";

    /// <summary>The server's program where it is MySQL; null = MariaDB.</summary>
    private static readonly string? MySql = Environment.GetEnvironmentVariable("MAO_TEST_MYSQLD") is { Length: > 0 } program ? program : null;

    /// <summary>Two installers at once now and then fail one of them.</summary>
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly TemporaryFolder _temp = new();
    private Process? _process;
    private int _port;

    internal static bool CanStart => Environment.GetEnvironmentVariable(Given) is not null || IsInstalled;

    /// <summary>Whether a server of the test's own can be started, killed and set as the test likes.</summary>
    internal static bool IsInstalled => MySql is not null ? File.Exists(MySql) : Programs.Find(MariaDb) is not null && Programs.Find(Installer) is not null;

    /// <summary>Whether a test may kill it: it is nobody else's.</summary>
    internal static bool IsOurs => Environment.GetEnvironmentVariable(Given) is null;

    /// <summary>No encryption, for those who look at what goes over the wire.</summary>
    internal bool IsPlain { get; init; }

    internal DatabaseOptions Options { get; private set; } = new();

    /// <summary>Two schemas of their own on the server.</summary>
    internal DatabaseOptions Fresh()
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        return Options with { Provider = DatabaseProviders.MySql, MaoHome = name + "_home", MaoData = name + "_data" };
    }

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Given) is { } uri)
        {
            Options = At(uri);
        }
        else if (IsInstalled)
        {
            await StartAsync();
        }
    }

    /// <summary>Starts a server of the test's own; after <see cref="KillAsync"/> the same again, with what it had stored.</summary>
    internal async Task StartAsync()
    {
        var data = Path.Combine(_temp.Path, "data");
        if (!Directory.Exists(data))
        {
            await InstallAsync(data);
            _port = ChildProcess.FreePort();
        }

        _process?.Dispose();
        string[] kind = MySql is null ? ["--skip-ssl"] : IsPlain ? ["--mysqlx=OFF", "--tls-version="] : ["--mysqlx=OFF"];
        _process = Process.Start(Silent(
            MySql ?? MariaDb,
            [
                "--no-defaults",
                $"--datadir={data}",

                // A server that starts clears away temporary tables in the machine's own folder, other servers' too.
                $"--tmpdir={_temp.Path}",
                $"--port={_port}",
                "--bind-address=127.0.0.1",
                $"--socket={_temp.Path}/s",
                $"--pid-file={_temp.Path}/pid",
                $"--log-error={_temp.Path}/log",
                "--user=" + Environment.UserName,
                .. kind,
            ]))!;
        await Until.TrueAsync("the database server listens", TimeSpan.FromSeconds(120), () => ListensAsync(_port));
        Options = At($"mysql://root@127.0.0.1:{_port}");
    }

    /// <summary>SIGSTOP: its connections stay, new ones are taken, and nothing is answered.</summary>
    internal Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT.</summary>
    internal Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>SIGKILL.</summary>
    internal async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _temp.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.Should().Be(0);
    }

    private static DatabaseOptions At(string uri) => DatabaseOptions.Read(new SettingsReader(name => name == "DATABASE_URI" ? uri : null));

    private static async Task InstallAsync(string data)
    {
        await Installing.WaitAsync();
        try
        {
            await RunInstallerAsync(data);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task RunInstallerAsync(string data)
    {
        using var install = Process.Start(MySql is null
            ? Silent(Installer, "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db")
            : Silent(MySql, "--no-defaults", $"--datadir={data}", "--initialize-insecure", "--user=" + Environment.UserName))!;
        var output = install.StandardOutput.ReadToEndAsync();
        await install.WaitForExitAsync();
        install.ExitCode.Should().Be(0, "the server's tables must be made: {0}", await output);
    }

    private static ProcessStartInfo Silent(string program, params string[] arguments) =>
        new(program == MySql ? program : Programs.Find(program)!, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
