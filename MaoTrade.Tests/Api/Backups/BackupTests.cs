using System.IO.Compression;
using System.Text;
using MaoTrade.Tests.Api.Commands;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Api.Backups;

/// <summary>A data folder as one file, and back, by the command line.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    private string Archive => _folder.File("kept.zip");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_kept_comes_back_byte_by_byte_and_what_only_a_process_needs_does_not()
    {
        await PrepareAsync();

        (await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive])).ExitCode.Should().Be(0);
        (await Mao.RunAsync(["backup", "check", Archive])).ExitCode.Should().Be(0);
        File.GetUnixFileMode(Archive).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "it holds keys");
        var target = _folder.File("target");
        var run = await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", target, "--json"]);

        run.ExitCode.Should().Be(0, run.Error);
        foreach (var path in (string[])["keys/data.key", "accounts/one/logs/2026-11-20.log", "accounts/one/engine.json"])
        {
            (await File.ReadAllBytesAsync(Path.Combine(target, path))).Should().Equal(await File.ReadAllBytesAsync(Path.Combine(Data, path)), path);
            File.GetUnixFileMode(Path.Combine(target, path)).Should().Be(File.GetUnixFileMode(Path.Combine(Data, path)));
        }

        Rows(Path.Combine(target, "accounts/one/mt.db")).Should().Be(3);
        foreach (var path in (string[])["paper/ledger.jsonl", "accounts/one/pod.json", "accounts/one/engine.lock", "accounts/one/logs/stdout.jsonl", "logs.db", ".restore"])
        {
            Path.Exists(Path.Combine(target, path)).Should().BeFalse(path);
        }
    }

    [Fact]
    public async Task A_database_is_kept_as_it_stands_at_one_moment_while_it_is_written()
    {
        await PrepareAsync();
        using var connection = Open(Path.Combine(Data, "accounts/one/mt.db"));
        Execute(connection, "INSERT INTO orders VALUES (4)");
        using var writing = connection.BeginTransaction();
        Execute(connection, "INSERT INTO orders VALUES (5); INSERT INTO orders VALUES (6)");

        var run = await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive]);
        writing.Commit();

        run.ExitCode.Should().Be(0, run.Error);
        await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", _folder.File("target")]);
        Rows(_folder.File("target/accounts/one/mt.db")).Should().Be(4, "what is not committed is not there yet, and all that is is, though it stands in the log beside the database only");
        Rows(Path.Combine(Data, "accounts/one/mt.db")).Should().Be(6, "nobody who writes was in the way of the back-up, nor it in theirs");
    }

    [Fact]
    public async Task Engines_of_a_restored_configuration_wait_unless_told_to_start()
    {
        await using (var gateway = await Gateway.StartAsync())
        {
            using (var connection = Open(Path.Combine(gateway.DataDir, "maohome.db")))
            {
                Execute(connection, "INSERT INTO mtpods (c_accounts, name, descr, op_mode, state, config, restarts) SELECT min(id), 'one', '', 'running', 'running', '{}', 0 FROM accounts");
            }

            (await Mao.RunAsync(["backup", "make", "--data-dir", gateway.DataDir, "--out", Archive])).ExitCode.Should().Be(0);
        }

        await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", _folder.File("waits")]);
        await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", _folder.File("starts"), "--start-engines"]);

        Text(_folder.File("waits/maohome.db"), "SELECT group_concat(DISTINCT op_mode) FROM mtpods").Should().Be("stopped");
        Text(_folder.File("starts/maohome.db"), "SELECT group_concat(DISTINCT op_mode) FROM mtpods").Should().Be("running");
    }

    [Theory]
    [InlineData("a bit", "accounts/one/engine.json is damaged: its digest is another")]
    [InlineData("a byte more", "accounts/one/engine.json is damaged: it has 25 bytes, 24 were kept")]
    [InlineData("the last file", "keys/data.key is damaged: its digest is another")]
    [InlineData("a file", "accounts/one/engine.json is missing")]
    [InlineData("the list", "it is no back-up")]
    [InlineData("the end", "is no back-up, or a part of one")]
    [InlineData("the form", "it is of form 2, made by version 9.0.0")]
    [InlineData("the place", "../outside would lie outside the folder")]
    public async Task What_is_wrong_with_a_back_up_is_said_and_nothing_is_put_back(string what, string said)
    {
        await PrepareAsync();
        await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive]);
        Damage(what);
        var target = _folder.File("target");

        var run = await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", target]);

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain(said);
        Path.Exists(Path.Combine(target, ".restore")).Should().BeFalse();
        (Directory.Exists(target) ? Directory.GetFiles(target, "*", SearchOption.AllDirectories) : [])
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Should().BeEmpty("nothing is put back before all is proven");
        Path.Exists(_folder.File("outside")).Should().BeFalse();
    }

    [Fact]
    public async Task Nothing_that_is_there_is_overwritten()
    {
        await PrepareAsync();
        await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive]);
        await File.WriteAllTextAsync(Path.Combine(Data, "accounts/one/engine.json"), "newer");

        var again = await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive]);
        var inside = await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Path.Combine(Data, "kept.zip")]);
        var over = await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", Data]);
        var nothing = await Mao.RunAsync(["backup", "make", "--data-dir", _folder.File("nowhere"), "--out", _folder.File("other.zip")]);

        (again.ExitCode, inside.ExitCode, over.ExitCode, nothing.ExitCode).Should().Be((1, 1, 1, 1));
        again.Error.Should().Contain("is there already");
        inside.Error.Should().Contain("would lie in the folder it keeps");
        over.Error.Should().Contain("is in the way");
        nothing.Error.Should().Contain("there is nothing to keep");
        (await File.ReadAllTextAsync(Path.Combine(Data, "accounts/one/engine.json"))).Should().Be("newer");
        Path.Exists(Archive + ".scratch").Should().BeFalse();
    }

    [Fact]
    public async Task The_configuration_comes_last_so_that_nobody_takes_half_a_restored_folder_for_a_whole_one()
    {
        await PrepareAsync();
        Directory.CreateDirectory(Path.Combine(Data, "models"));
        await File.WriteAllTextAsync(Path.Combine(Data, "models/a.maomodel"), "after the configuration by its name");
        using (var connection = Open(Path.Combine(Data, "maohome.db")))
        {
            Execute(connection, "CREATE TABLE mtpods (op_mode TEXT, op_request TEXT, state TEXT, pod_id TEXT)");
        }

        await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive]);
        var target = _folder.File("target");
        Directory.CreateDirectory(Path.Combine(target, "models/a.maomodel"));

        var run = await Mao.RunAsync(["backup", "restore", Archive, "--data-dir", target]);

        run.ExitCode.Should().NotBe(0, "a folder is where a file is to be");
        File.Exists(Path.Combine(target, "keys/data.key")).Should().BeTrue("it broke off in the middle");
        File.Exists(Path.Combine(target, "maohome.db")).Should().BeFalse();
    }

    [Fact]
    public async Task What_lies_elsewhere_is_named()
    {
        await PrepareAsync();

        var run = await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive], environment:
        [
            ("MAO_KEYS_DIR", "/run/keys"), ("DB_PROVIDER", "mysql"), ("MYSQL_HOST", "db"), ("ENGINE_DB_PROVIDER", "mysql"), ("ENGINE_DB_HOSTNAME", "trading-db"),
        ]);

        run.ExitCode.Should().Be(0);
        run.Error.Should().Contain("MAO_KEYS_DIR: ").And.Contain("databases on mysql").And.Contain("on trading-db:3306").And.NotContain("MAO_KEYS: ");
    }

    [Fact]
    public async Task A_damaged_database_is_said_and_no_back_up_is_made_of_it()
    {
        await PrepareAsync();
        var database = Path.Combine(Data, "accounts/one/mt.db");
        var bytes = await File.ReadAllBytesAsync(database);
        bytes.AsSpan(100, 2000).Fill(0x5A);
        await File.WriteAllBytesAsync(database, bytes);

        var run = await Mao.RunAsync(["backup", "make", "--data-dir", Data, "--out", Archive]);

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("mt.db");
        File.Exists(Archive).Should().BeFalse();
    }

    private async Task PrepareAsync()
    {
        Directory.CreateDirectory(Path.Combine(Data, "keys"));
        Directory.CreateDirectory(Path.Combine(Data, "paper"));
        Directory.CreateDirectory(Path.Combine(Data, "accounts/one/logs"));
        await File.WriteAllBytesAsync(Path.Combine(Data, "keys/data.key"), [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        File.SetUnixFileMode(Path.Combine(Data, "keys/data.key"), UnixFileMode.UserRead);
        foreach (var path in (string[])["paper/ledger.jsonl", "accounts/one/pod.json", "accounts/one/engine.lock", "accounts/one/logs/stdout.jsonl", "accounts/one/engine.json"])
        {
            await File.WriteAllTextAsync(Path.Combine(Data, path), path);
        }

        await File.WriteAllTextAsync(Path.Combine(Data, "accounts/one/logs/2026-11-20.log"), string.Concat(Enumerable.Repeat("a line of a day's log\n", 20_000)));
        foreach (var name in (string[])["accounts/one/mt.db", "logs.db"])
        {
            using var connection = Open(Path.Combine(Data, name));
            Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY); INSERT INTO orders VALUES (1), (2), (3)");
        }
    }

    private void Damage(string what)
    {
        if (what == "the end")
        {
            using var file = new FileStream(Archive, FileMode.Open);
            file.SetLength(file.Length / 2);
            return;
        }

        using var zip = ZipFile.Open(Archive, ZipArchiveMode.Update);
        switch (what)
        {
            case "a bit":
                Replace(zip, "accounts/one/engine.json", "accounts/one/engine.jsom");
                break;
            case "a byte more":
                Replace(zip, "accounts/one/engine.json", "accounts/one/engine.json!");
                break;
            case "the last file":
                Replace(zip, "keys/data.key", new string('k', 32));
                break;
            case "a file":
                zip.GetEntry("accounts/one/engine.json")!.Delete();
                break;
            case "the list":
                zip.GetEntry("manifest.json")!.Delete();
                break;
            case "the form":
                Replace(zip, "manifest.json", """{"format":2,"madeAt":"2026-11-20T00:00:00Z","version":"9.0.0","files":[]}""");
                break;
            default:
                Replace(zip, "../outside", "x");
                Replace(zip, "manifest.json", """
                    {"format":1,"madeAt":"2026-11-20T00:00:00Z","version":"1.0.0","files":[
                      {"path":"../outside","size":1,"sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","mode":384}]}
                    """);
                break;
        }
    }

    private static void Replace(ZipArchive zip, string name, string text)
    {
        zip.GetEntry(name)?.Delete();
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    private static long Rows(string file) => long.Parse(Text(file, "SELECT count(*) FROM orders"), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(string file, string query)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return $"{command.ExecuteScalar()}";
    }
}
