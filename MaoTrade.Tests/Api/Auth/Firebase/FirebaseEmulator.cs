using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>Google's own emulator of Firebase Auth, a program of the npm package firebase-tools.</summary>
internal sealed class FirebaseEmulator : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _temp = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Process _process;

    private FirebaseEmulator(Process process, TemporaryFolder temp, int port)
    {
        _process = process;
        _temp = temp;
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>The installed program, or null: where <c>FIREBASE_TOOLS</c> says, otherwise where the continuous integration puts it.</summary>
    public static string? Program
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("FIREBASE_TOOLS") is { Length: > 0 } named ? named : "/var/cache/maotrade-firebase";
            var program = Path.Combine(folder, "node_modules", "firebase-tools", "lib", "bin", "firebase.js");
            return File.Exists(program) && Programs.Find("node") is not null ? program : null;
        }
    }

    public static async Task<FirebaseEmulator> StartAsync()
    {
        var temp = new TemporaryFolder();
        int[] ports = [ChildProcess.FreePort(), ChildProcess.FreePort(), ChildProcess.FreePort()];
        await File.WriteAllTextAsync(
            temp.File("firebase.json"),
            $$$"""
            {"emulators":{"auth":{"host":"127.0.0.1","port":{{{ports[0]}}}},"ui":{"enabled":false},
             "hub":{"host":"127.0.0.1","port":{{{ports[1]}}}},"logging":{"host":"127.0.0.1","port":{{{ports[2]}}}},"singleProjectMode":true}}
            """);
        var start = new ProcessStartInfo(
            Programs.Find("node")!, [Program!, "emulators:start", "--only", "auth", "--project", FakeGoogle.Project])
        {
            WorkingDirectory = temp.Path,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["CI"] = "true";
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var emulator = new FirebaseEmulator(process, temp, ports[0]);
        try
        {
            await Until.TrueAsync("the Firebase Auth emulator answers", StartDeadline, emulator.AnswersAsync);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs a new user up. Returns their id and ID token.</summary>
    public Task<(string UserId, string Token)> SignUpAsync(string email, string password) => AskAsync("signUp", email, password);

    /// <summary>Logs a user in. Returns their id and ID token.</summary>
    public Task<(string UserId, string Token)> SignInAsync(string email, string password) => AskAsync("signInWithPassword", email, password);

    /// <summary>Where the emulator is asked about its users.</summary>
    public Uri Accounts => new(_http.BaseAddress!, "/identitytoolkit.googleapis.com/");

    /// <summary>Ends all log-ins of a user from before a second.</summary>
    public Task RevokeAsync(string userId, long unixSeconds) => ManageAsync("update", new { localId = userId, validSince = $"{unixSeconds}" });

    public Task DisableAsync(string userId) => ManageAsync("update", new { localId = userId, disableUser = true });

    public Task DeleteAsync(string userId) => ManageAsync("delete", new { localId = userId });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _temp.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"the emulator ended with {_process.ExitCode}");
        }

        try
        {
            return (await _http.GetAsync(new Uri("/", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Does what an administrator may; the emulator's name for one is <c>owner</c>.</summary>
    private async Task ManageAsync(string what, object change)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/identitytoolkit.googleapis.com/v1/projects/{FakeGoogle.Project}/accounts:{what}")
        {
            Content = JsonContent.Create(change),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "owner");
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private async Task<(string UserId, string Token)> AskAsync(string what, string email, string password)
    {
        using var response = await _http.PostAsJsonAsync(
            $"/identitytoolkit.googleapis.com/v1/accounts:{what}?key=any", new { email, password, returnSecureToken = true });
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return (answer["localId"]!.ToString(), answer["idToken"]!.ToString());
    }
}
