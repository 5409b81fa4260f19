using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MaoApi.Data;
using MaoApi.Hosting;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Data;

/// <summary>A server of its own in a temporary folder on loopback, or the one <c>MAO_TEST_MYSQL</c> names by <c>mysql://user:password@host:port</c>.</summary>
public sealed class MariaDbServer : IAsyncLifetime, IDisposable
{
    private const string Given = "MAO_TEST_MYSQL";
    private const string Installer = "mariadb-install-db";
    private const string Program = "mariadbd";

    private readonly TemporaryFolder _temp = new();
    private readonly int _port = FreePort();
    private Process? _process;

    internal static bool CanStart =>
        Environment.GetEnvironmentVariable(Given) is not null || (Programs.Find(Program) is not null && Programs.Find(Installer) is not null);

    /// <summary>Whether a test may kill it: it is nobody else's.</summary>
    internal static bool IsOurs => Environment.GetEnvironmentVariable(Given) is null;

    internal DatabaseOptions Options { get; private set; } = new();

    /// <summary>Two schemas of their own on the server.</summary>
    internal DatabaseOptions Fresh()
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        return Options with { Provider = DatabaseProviders.MySql, MaoHome = name + "_home", MaoData = name + "_data" };
    }

    private string Data => Path.Combine(_temp.Path, "data");

    public async Task InitializeAsync()
    {
        var uri = Environment.GetEnvironmentVariable(Given);
        if (uri is null && CanStart)
        {
            await InstallAsync();
            await StartAsync();
            uri = $"mysql://root@127.0.0.1:{_port}";
        }

        Options = DatabaseOptions.Read(new SettingsReader(name => name == "DATABASE_URI" ? uri : null));
    }

    public async Task StartAsync()
    {
        _process = Process.Start(Silent(
            Program,
            "--no-defaults",
            $"--datadir={Data}",
            $"--port={_port}",
            "--bind-address=127.0.0.1",
            $"--socket={_temp.Path}/s",
            $"--pid-file={_temp.Path}/pid",
            $"--log-error={_temp.Path}/log",
            "--user=" + Environment.UserName))!;
        await Until.TrueAsync("MariaDB listens", TimeSpan.FromSeconds(120), () => ListensAsync(_port));
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
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

    private async Task InstallAsync()
    {
        using var install = Process.Start(Silent(
            Installer, "--no-defaults", $"--datadir={Data}", "--auth-root-authentication-method=normal", "--skip-test-db"))!;
        var output = install.StandardOutput.ReadToEndAsync();
        await install.WaitForExitAsync();
        (await output).Should().NotBeNull();
        install.ExitCode.Should().Be(0, "the server's tables must be made");
    }

    private static ProcessStartInfo Silent(string program, params string[] arguments) =>
        new(Programs.Find(program)!, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

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
