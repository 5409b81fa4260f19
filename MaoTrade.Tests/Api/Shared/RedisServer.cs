using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoApi.Hosting;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Shared;

/// <summary>A redis-server of its own on loopback that writes nothing to disk. A test may kill it, stop it for a while and start it again.</summary>
public sealed class RedisServer : IAsyncLifetime, IDisposable
{
    private const string Program = "redis-server";

    /// <summary>Makes everything that is kept older: times in hashes, and how long keys still live.</summary>
    private const string Age =
        """
        local us = tonumber(ARGV[1]) * 1000
        for _, key in ipairs(redis.call('KEYS', '*')) do
          local left = redis.call('PTTL', key)
          if left >= 0 and left <= tonumber(ARGV[1]) then
            redis.call('DEL', key)
          else
            if left > 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
            if redis.call('TYPE', key).ok == 'hash' then
              for _, field in ipairs({'filled', 'changed', 'opened', 'leased'}) do
                local at = redis.call('HGET', key, field)
                if at then redis.call('HSET', key, field, string.format('%.0f', at - us)) end
              end
              local outages = redis.call('HGET', key, 'outages')
              if outages then
                redis.call('HSET', key, 'outages', (string.gsub(outages, '%d+', function(at) return string.format('%.0f', at - us) end)))
              end
            end
          end
        end
        return 'aged'
        """;

    private readonly TemporaryFolder _temp = new();
    private readonly int _port = ChildProcess.FreePort();
    private Process? _process;

    internal static bool CanStart => Programs.Find(Program) is not null;

    /// <summary>The server with a patience no loaded machine uses up.</summary>
    internal SharedStoreOptions Options => new() { Host = "127.0.0.1", Port = _port, Patience = TimeSpan.FromSeconds(60) };

    public Task InitializeAsync() => CanStart ? StartAsync() : Task.CompletedTask;

    public async Task StartAsync(params string[] more)
    {
        var start = new ProcessStartInfo(
            Programs.Find(Program)!,
            [
                "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _temp.Path,
                "--logfile", _temp.File("log"), .. more,
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        await Until.TrueAsync("redis-server answers", TimeSpan.FromSeconds(60), AnswersAsync);
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The server stands still, or goes on: its connections stay open all the while.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Time passes for everything the server keeps.</summary>
    public async Task PassAsync(TimeSpan time) =>
        (await CommandAsync("EVAL", Age, "0", ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture))).Should().Contain("aged");

    /// <summary>Sends one command. Returns the answer as the server wrote it.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        var command = new StringBuilder().Append('*').Append(words.Length).Append("\r\n");
        foreach (var word in words)
        {
            command.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        }

        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command.Append("*1\r\n$4\r\nQUIT\r\n").ToString()));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
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

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await CommandAsync("PING")).Length > 0;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return false;
        }
    }
}
