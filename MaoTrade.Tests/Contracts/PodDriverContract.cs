using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Contracts;

/// <summary>
/// What every driver of engines does, wherever they run. One subclass per driver; each runs the same programs, written for
/// <c>/bin/sh -c</c>, as an engine's container or process.
/// </summary>
public abstract class PodDriverContract : PodDriverRig
{
    [ContractFact]
    public async Task What_a_program_says_is_in_the_output_file_and_its_end_has_its_code()
    {
        var process = await StartAsync(Driver(), "echo \"$1 $COLOUR\"; echo wrong >&2; exit 7", new() { ["COLOUR"] = "blue" }, "a b; $(id)");

        (await EndAsync(process)).ExitCode.Should().Be(7);
        await process.ForgetAsync(forGood: true, default);

        // Output and errors are two streams: their lines may come in either order.
        await Until.TrueAsync("both lines are in the file", Deadline, () => Task.FromResult(
            Output() is var text && text.Contains("wrong\n", StringComparison.Ordinal) && text.Contains("a b; $(id) blue\n", StringComparison.Ordinal)));
    }

    [ContractFact]
    public async Task An_orderly_stop_ends_it_for_good()
    {
        var driver = Driver();
        var process = await StartAsync(driver, Obedient);
        await SaysAsync("started");

        await process.TerminateAsync(default);

        (await EndAsync(process)).ExitCode.Should().Be(0);
        await process.ForgetAsync(forGood: true, default);
        (await driver.FindAsync(Trace, default)).Should().BeNull("what was stopped does not come back");
    }

    [ContractFact]
    public async Task What_does_not_obey_is_killed()
    {
        var driver = Driver();
        var process = await StartAsync(driver, "trap '' TERM; echo started; while :; do sleep 0.1; done");
        await SaysAsync("started");

        await process.KillAsync(default);

        (await EndAsync(process)).ExitCode.Should().NotBe(0);
        await process.ForgetAsync(forGood: true, default);
        (await driver.FindAsync(Trace, default)).Should().BeNull();
    }

    [ContractFact]
    public async Task What_runs_is_found_again_by_a_pod_that_comes_later()
    {
        var process = await StartAsync(Driver(), Obedient);
        await SaysAsync("started");
        await process.RememberAsync("instance-1", default);

        await using var found = await Driver().FindAsync(Trace, default);

        found.Should().NotBeNull();
        found!.Id.Should().Be(process.Id);
        (found.IsProven || found.InstanceId == "instance-1").Should().BeTrue();
        await found.TerminateAsync(default);
        await EndAsync(found);
        await found.ForgetAsync(forGood: true, default);
        (await Driver().FindAsync(Trace, default)).Should().BeNull();
    }

    [ContractFact]
    public virtual async Task What_it_uses_can_be_measured()
    {
        var process = await StartAsync(Driver(), Obedient);
        await SaysAsync("started");

        PodUsage? usage = null;
        await Until.TrueAsync("its memory is known", Deadline, async () => (usage = await process.MeasureAsync(default)) is { MemoryBytes: > 0 });

        usage!.MemoryBytes.Should().BeLessThan(256L * 1024 * 1024);
        usage.CpuPercent.Should().BeGreaterThanOrEqualTo(0);
    }

    [ContractFact]
    public async Task Its_files_are_for_its_eyes_and_what_it_keeps_survives_a_restart()
    {
        var secret = Path.Combine(Folder, "service.key");
        PrivateWrite(secret, "the secret");
        var driver = Driver();
        var place = await driver.PlaceAsync(AccountId, default);
        var script = "cat \"$1\"; ls -lL \"$1\"; echo kept >>\"$2\"; cat \"$2\"; exit 9";
        var kept = place.DataDir is { } data ? $"{data}/accounts/{AccountId}/kept" : Path.Combine(Folder, "kept");

        var first = await StartAsync(driver, script, [], [secret], place.Seen(secret), kept);
        (await EndAsync(first)).ExitCode.Should().Be(9);
        await first.ForgetAsync(forGood: true, default);
        var second = await StartAsync(driver, script, [], [secret], place.Seen(secret), kept);
        (await EndAsync(second)).ExitCode.Should().Be(9);
        await second.ForgetAsync(forGood: true, default);

        await Until.TrueAsync("both runs wrote", Deadline, () => Task.FromResult(Output().Split('\n').Count(line => line == "kept") >= 3));
        second.Id.Should().NotBe(first.Id);
        await Until.TrueAsync("the secret was read", Deadline, () => Task.FromResult(Output().Contains("the secret", StringComparison.Ordinal)));
        Output().Should().MatchRegex(@"-r-?-?\w?-----|-rw-------|-r--------");
    }

    [ContractFact]
    public async Task An_engine_is_told_of_its_database_and_the_password_stands_in_a_file_alone()
    {
        PrivateWrite(Path.Combine(Folder, "mysql-mt-" + AccountId), "the-password");
        var options = new EngineDatabaseOptions { Provider = DatabaseProviders.MySql, Host = "trading-db", PasswordsDir = Folder };
        var driver = Driver();
        var database = await new EngineDatabases(options, DataFolder.Beside(Folder), null).OfAsync(AccountId, await driver.PlaceAsync(AccountId, default), default);

        // An image of ours has no more than a shell and cat.
        const string Script =
            """
            echo "variable DB_PROVIDER=$DB_PROVIDER"
            export -p | while read -r line; do echo "variable $line"; done
            echo "$DB_USER at $DB_HOSTNAME with $(cat "$DB_PASSWORD_FILE")"
            exit 9
            """;

        var process = await StartAsync(driver, Script, new(database.Variables, StringComparer.Ordinal), files: [database.PasswordFile!]);
        (await EndAsync(process)).ExitCode.Should().Be(9);
        await process.ForgetAsync(forGood: true, default);

        await Until.TrueAsync("it read all of it", Deadline, () => Task.FromResult(
            Output().Contains($"mt_{AccountId} at trading-db with the-password\n", StringComparison.Ordinal)));
        Output().Split('\n').Should().Contain("variable DB_PROVIDER=mysql").And.NotContain(line =>
            line.StartsWith("variable", StringComparison.Ordinal) && line.Contains("the-password", StringComparison.Ordinal));
    }

    [ContractFact]
    public async Task A_crash_is_seen_and_the_engine_runs_again()
    {
        await using var watch = new Watch(this, Driver());
        await watch.RunsAsync(restarts: 0);
        var first = watch.Process!;

        await CrashAsync(first);

        await watch.RunsAsync(restarts: 1);
        watch.Process!.Id.Should().NotBe(first.Id);
        watch.Reports.Should().Contain(report => report.State == PodStates.Running && report.PodId == null && report.Restarts == 1);
    }

    [ContractFact]
    public async Task An_engine_that_cannot_be_helped_is_held_down()
    {
        await using var watch = new Watch(this, Driver(), "echo started; sleep 0.3; exit 64");

        await watch.Ended.WaitAsync(Deadline);

        watch.Reports[^1].Should().BeEquivalentTo(new { State = PodStates.Error, ExitCode = (int?)64 });
        (await Driver().FindAsync(Trace, default)).Should().BeNull("nobody starts it again");
    }

    [ContractFact]
    public async Task A_crash_loop_ends_in_error_and_is_held_down()
    {
        await using var watch = new Watch(this, Driver(), "echo started; sleep 0.3; exit 70");

        await watch.Ended.WaitAsync(2 * Deadline);

        watch.Reports[^1].State.Should().Be(PodStates.Error);
        watch.Reports[^1].Restarts.Should().Be(RestartPolicy.MaxRestarts);
        (await Driver().FindAsync(Trace, default)).Should().BeNull("nobody starts it again");
    }

    [ContractFact]
    public async Task A_pod_that_comes_back_takes_over_what_runs()
    {
        string id;
        await using (var before = new Watch(this, Driver()))
        {
            await before.RunsAsync(restarts: 0);
            id = before.Process!.Id;
            before.Keeps = true;
        }

        await using var after = new Watch(this, Driver());
        await after.RunsAsync(restarts: 0);

        after.Process!.Id.Should().Be(id);
    }

    [ContractFact]
    public async Task What_was_made_for_an_account_is_removed_and_removed_twice_is_no_fault()
    {
        var driver = Driver();
        var process = await StartAsync(driver, Obedient);
        await SaysAsync("started");
        await process.TerminateAsync(default);
        await EndAsync(process);
        await process.ForgetAsync(forGood: true, default);

        await driver.RemoveAsync(AccountId, default);
        await driver.RemoveAsync(AccountId, default);

        (await driver.FindAsync(Trace, default)).Should().BeNull();
        (await driver.TendAsync(default)).Should().NotContain(AccountId);
    }
}
