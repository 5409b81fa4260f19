using System.Globalization;

namespace MaoTrade.Bench.Servers;

/// <summary>
/// The servers this executable can be when it is started as a child: each writes its port as its first line and ends
/// with its standard input, so none outlives its parent.
/// </summary>
internal static class ServerCommand
{
    public const string Name = "--serve";
    public const string Engine = "engine";
    public const string Engines = "engines";
    public const string Http = "http";
    public const string DutifulHttp = "dutiful-http";
    public const string Silent = "silent";
    public const string Raw = "raw";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var stopped = Task.Factory.StartNew(Console.In.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        IAsyncDisposable server = arguments switch
        {
            [Engine] => await EngineServer.StartAsync(ports: 1),
            [Engines, var count] => await EngineServer.StartAsync(int.Parse(count, CultureInfo.InvariantCulture)),
            [Http, var path, var file] => await HttpServer.StartAsync(path, await File.ReadAllBytesAsync(file)),
            [DutifulHttp, var path, var file, var key, var log] =>
                await DutifulHttpServer.StartAsync(path, await File.ReadAllBytesAsync(file), await File.ReadAllTextAsync(key), log),
            [Silent] => new SilentServer(),
            [Raw, var file] => new RawServer(await File.ReadAllBytesAsync(file)),
            _ => throw new BenchException("there is no such server"),
        };
        await using (server)
        {
            await stopped;
        }

        return 0;
    }

    /// <summary>Tells the parent where the server listens: its port, or its ports with commas between them.</summary>
    public static void Listening(params IEnumerable<int> ports)
    {
        Console.WriteLine(string.Join(',', ports));
        Console.Out.Flush();
    }
}
