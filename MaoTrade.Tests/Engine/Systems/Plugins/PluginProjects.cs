using System.Diagnostics;
using System.Security.Cryptography;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Systems.Plugins;

/// <summary>Plug-ins compiled for the tests by the SDK's own compiler, once for all of them.</summary>
public sealed class PluginProjects : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PluginProjects()
    {
        First = Compile("first.dll", Source("Breakout", version: 1, "State.Set(\"bars\", State.GetInt64(\"bars\") + 1);"));
        Second = Compile("second.dll", Source("Breakout", version: 2, "State.Set(\"seen\", State.GetInt64(\"seen\") + 10);"));
        Twice = Compile("twice.dll", Source("FUTM", version: 1, ""));
        Throwing = Compile("throwing.dll", Source("Throwing", version: 1, "").Replace("/*constructor*/", "throw new System.InvalidOperationException(\"by design\");", StringComparison.Ordinal));
        Empty = Compile("empty.dll", "public sealed class Nothing { }");
    }

    /// <summary>Holds <c>Breakout</c>, state version 1: counts its frames as <c>bars</c>.</summary>
    public string First { get; }

    /// <summary>Holds <c>Breakout</c>, state version 2: counts tens as <c>seen</c>, migrated from <c>bars</c>.</summary>
    public string Second { get; }

    /// <summary>Holds a system with the name of a built-in one.</summary>
    public string Twice { get; }

    /// <summary>Holds a system whose constructor throws.</summary>
    public string Throwing { get; }

    /// <summary>Holds no system.</summary>
    public string Empty { get; }

    public static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    public void Dispose() => _folder.Dispose();

    /// <summary>Compiles sources against the framework, the engine and the market library.</summary>
    public string Compile(string file, params string[] sources)
    {
        var target = _folder.File(file);
        var paths = sources.Select((source, i) =>
        {
            var path = _folder.File($"{file}.{i}.cs");
            File.WriteAllText(path, source);
            return path;
        }).ToArray();
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = new[] { "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq" }
            .Select(name => Path.Combine(runtime, $"{name}.dll"))
            .Append(typeof(MaoTrade.Engine.Systems.TradingSystem).Assembly.Location)
            .Append(typeof(MaoTrade.Market.Frames.Frame).Assembly.Location);
        string[] arguments = [Compiler(runtime), "-nologo", "-target:library", "-nostdlib", "-langversion:latest", $"-out:{target}", .. references.Select(r => $"-r:{r}"), .. paths];
        using var process = Process.Start(new ProcessStartInfo(Dotnet(runtime), arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, said);
        return target;
    }

    private static string Source(string name, int version, string onFrame) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using MaoTrade.Engine.Systems;
        using MaoTrade.Engine.Systems.Parameters;
        using MaoTrade.Market.Frames;

        public sealed class PluginSystem : TradingSystem
        {
            public PluginSystem() { /*constructor*/ }
            public override string Name => "{{name}}";
            public override string Description => "version {{version}}";
            public override int StateVersion => {{version}};
            public override IReadOnlyList<ParameterDefinition> Parameters => Array.Empty<ParameterDefinition>();
            public override void Initialize(SystemPortfolio portfolio, bool isFirst) { }
            public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio) { {{onFrame}} return SystemDecision.None; }
            public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now) { }
            protected override void Migrate(int from, SystemState state)
            {
                state.Set("seen", state.GetInt64("bars") * 10);
                state.Remove("bars");
            }
        }
        """;

    /// <summary>The runtime lies in <c>dotnet/shared/Microsoft.NETCore.App/version</c>.</summary>
    private static string Root(string runtime) => Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));

    private static string Dotnet(string runtime) => Path.Combine(Root(runtime), "dotnet");

    private static string Compiler(string runtime) =>
        Directory.EnumerateDirectories(Path.Combine(Root(runtime), "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Last(File.Exists);
}
