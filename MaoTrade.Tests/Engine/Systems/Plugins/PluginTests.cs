using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Plugins;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Tests.Engine.Trading;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Systems.Plugins;

public sealed class PluginTests(PluginProjects projects) : IClassFixture<PluginProjects>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_gives_its_systems()
    {
        var plugin = PluginAssembly.Load(projects.First);

        plugin.Systems.Should().ContainSingle().Which().Name.Should().Be("Breakout");
    }

    [Fact]
    public async Task Each_bad_file_is_reported_and_the_others_load()
    {
        var missing = new PluginEntry("missing.dll", new string('0', 64));
        var altered = new PluginEntry("altered.dll", PluginProjects.Digest(projects.Second));
        File.Copy(projects.First, _folder.File("altered.dll"));
        File.WriteAllText(_folder.File("text.dll"), "no assembly");
        PluginEntry[] entries =
        [
            missing, altered, Listed(_folder.File("text.dll")), Place(projects.Throwing), Place(projects.Empty), Place(projects.Twice),
            new PluginEntry("../first.dll", PluginProjects.Digest(projects.First)), Place(projects.First),
        ];

        var set = await new PluginFolder(_folder.Path).LoadAsync(entries, CancellationToken.None);

        set.Catalog.Names.Should().Equal("AiAdaptive", "Breakout", "FUTC", "FUTM", "MacdCrossover", "Scalping", "Swing");
        set.Catalog.TypeOf("FUTM").Should().Be<MaoTrade.Engine.Systems.Futm.FutmSystem>();
        set.Assemblies.Should().ContainSingle().Which.File.Should().Be("first.dll");
        set.Faults.Should().HaveCount(7);
        string[] reasons = ["missing.dll: there is no such file", "altered.dll: its SHA-256 is", "text.dll: it does not load", "throwing.dll: it does not load: by design", "empty.dll: it holds no public class", "twice.dll: its systems (FUTM) cannot be taken", "../first.dll: the name of a file"];
        set.Faults.Zip(reasons).Should().OnlyContain(pair => pair.First.Contains(pair.Second));
    }

    [Fact]
    public void A_changed_file_shows_in_the_fingerprint()
    {
        var folder = new PluginFolder(_folder.Path);
        var entry = Place(projects.First);
        var before = folder.Fingerprint([entry]);

        File.Copy(projects.Second, _folder.File("first.dll"), overwrite: true);

        folder.Fingerprint([entry]).Should().NotBe(before);
        folder.Fingerprint([]).Should().BeEmpty();
    }

    [Fact]
    public void A_flat_system_gives_way_to_its_next_version_with_its_state()
    {
        using var desk = new SystemDesk();
        var signal = desk.Start(PluginAssembly.Load(projects.First).Systems[0]());
        desk.Bar(60, 1m);
        desk.Bar(120, 1m);

        desk.Take(new CatalogInput(SystemCatalog.With(PluginAssembly.Load(projects.Second).Systems)));
        desk.Bar(180, 1m);

        var stored = SystemStateDocument.Read(desk.Store.SystemData.StateOf(signal)!.Value.Document);
        stored.Version.Should().Be(2);
        stored.State.GetInt64("seen").Should().Be(30, "two frames of the first version, one of the second");
        stored.State.Has("bars").Should().BeFalse();
        desk.Said.Should().Contain(line => line.Contains("another version"));
    }

    [Fact]
    public void A_system_with_a_position_gives_way_when_it_is_flat()
    {
        using var desk = new SystemDesk();
        var signal = desk.Start(PluginAssembly.Load(projects.First).Systems[0]());
        desk.Fill(signal, qty: 1m, opens: true);
        desk.Take(new CatalogInput(SystemCatalog.With(PluginAssembly.Load(projects.Second).Systems)));
        desk.Bar(60, 1m);
        Version(desk, signal).Should().Be(1, "it is in the market");

        desk.Fill(signal, qty: 1m, opens: false);
        desk.Take(new TickInput());

        Version(desk, signal).Should().Be(2);
    }

    [Fact]
    public void A_system_whose_file_is_gone_goes_on_and_a_version_that_went_back_is_refused()
    {
        using var desk = new SystemDesk();
        var signal = desk.Start(PluginAssembly.Load(projects.Second).Systems[0]());
        desk.Take(new CatalogInput(SystemCatalog.BuiltIn));
        desk.Bar(60, 1m);
        desk.State.Signals[signal].State.Should().Be(SignalState.Running);

        desk.Take(new CatalogInput(SystemCatalog.With(PluginAssembly.Load(projects.First).Systems)));

        desk.State.Signals[signal].Should().Match<Signal>(s => s.State == SignalState.Error && s.Error!.Contains("version 2"));
        Version(desk, signal).Should().Be(2, "its state is kept");
    }

    [Fact]
    public void An_unloaded_assembly_is_gone()
    {
        var assembly = LoadAndLetGo();
        for (var i = 0; i < 20 && assembly.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        assembly.IsAlive.Should().BeFalse();
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference LoadAndLetGo()
    {
        var plugin = PluginAssembly.Load(projects.First);
        var weak = new WeakReference(plugin.Systems[0]().GetType().Assembly);
        plugin.Unload();
        return weak;
    }

    private static int Version(SystemDesk desk, string signal) =>
        SystemStateDocument.Read(desk.Store.SystemData.StateOf(signal)!.Value.Document).Version;

    private static PluginEntry Listed(string path) => new(Path.GetFileName(path), PluginProjects.Digest(path));

    private PluginEntry Place(string path)
    {
        var target = _folder.File(Path.GetFileName(path));
        File.Copy(path, target);
        return Listed(target);
    }
}
