using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Notices;
using MaoApi.Notices.Channels.Telegram;
using MaoApi.Notices.Outbox;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Notices;

/// <summary>From a stored notice to Google's and Telegram's servers, as their documentation tells of them. 08:00 UTC is 09:00 in Rome.</summary>
public sealed class DeliveryTests
{
    private static readonly NewNotice OrderError = new(NoticeType.OrderError, "Order refused", "no margin", true);
    private static readonly NewNotice Push = new(NoticeType.Push, "Bought", "EURUSD", false);

    [Fact]
    public async Task A_notice_reaches_every_device_of_everybody_who_may_see_the_account_and_leaves_receipts()
    {
        await using var google = await FcmServer.StartAsync();
        await using var gateway = await StartAsync(google);
        await AddDeviceAsync(gateway, "owner", "phone", "token-1");
        await AddDeviceAsync(gateway, "owner", "tablet", "token-2");
        await AddDeviceAsync(gateway, "viewer", "phone", "token-3");
        await AddDeviceAsync(gateway, "stranger", "phone", "token-4");

        await TellAsync(gateway, OrderError);

        var sent = await UntilAsync(gateway, deliveries => deliveries.Count == 3 && deliveries.TrueForAll(d => d.State == DeliveryStates.Sent));
        google.Messages.Select(message => message["token"]!.ToString()).Should().BeEquivalentTo("token-1", "token-2", "token-3");
        sent.Select(delivery => delivery.MessageId).Should().OnlyHaveUniqueItems().And.AllSatisfy(id => id.Should().StartWith("projects/mao-test/messages/"));
        await using var context = gateway.Database();
        context.Notifications.Should().HaveCount(2).And.AllSatisfy(notice => notice.SentAt.Should().NotBeNull());
    }

    [Fact]
    public async Task A_dead_token_is_dropped_and_never_tried_again_and_a_living_one_beside_it_stays()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = token => token == "dead" ? FcmServer.Unregistered : null;
        await using var gateway = await StartAsync(google);
        await AddDeviceAsync(gateway, "owner", "old", "dead");
        await AddDeviceAsync(gateway, "owner", "new", "living");

        await TellAsync(gateway, OrderError);
        await UntilAsync(gateway, deliveries => deliveries.Count == 2 && deliveries.TrueForAll(d => d.State != DeliveryStates.Waiting));
        await TellAsync(gateway, OrderError);
        var all = await UntilAsync(gateway, deliveries => deliveries.Count == 3 && deliveries.TrueForAll(d => d.State != DeliveryStates.Waiting));

        all.Select(delivery => (delivery.Target, delivery.State)).Should().BeEquivalentTo([("old", "dropped"), ("new", "sent"), ("new", "sent")]);
        google.Sends.Count().Should().Be(3);
        await using var context = gateway.Database();
        context.Devices.Single(device => device.DeviceId == "old").PushToken.Should().BeNull();
        context.Devices.Single(device => device.DeviceId == "new").PushToken.Should().Be("living");
    }

    [Fact]
    public async Task A_failure_is_tried_again_when_the_server_advises_and_not_before()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = _ => new RecordedAnswer(503, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "40" } };
        var clock = new FakeClock();
        await using var gateway = await StartAsync(google, clock);
        await AddDeviceAsync(gateway, "owner", "phone", "t");

        await TellAsync(gateway, OrderError);
        var waiting = await UntilAsync(gateway, deliveries => deliveries is [{ Attempts: 1, Error: not null }]);
        waiting[0].Due.Should().Be(clock.GetUtcNow().AddSeconds(40));

        google.Judge = _ => null;
        clock.Advance(TimeSpan.FromSeconds(39));
        (await RoundAsync(gateway)).Should().Be(0);
        clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(gateway, deliveries => deliveries is [{ State: DeliveryStates.Sent, Attempts: 2 }]);
        google.Sends.Count().Should().Be(2);
    }

    [Fact]
    public async Task What_fails_for_long_is_given_up()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = _ => new RecordedAnswer(500, "{}");
        var clock = new FakeClock();
        await using var gateway = await StartAsync(google, clock);
        await AddDeviceAsync(gateway, "owner", "phone", "t");
        await TellAsync(gateway, OrderError);

        for (var attempt = 1; attempt <= RetryPlan.MostAttempts; attempt++)
        {
            var number = attempt;
            var tried = await UntilAsync(gateway, deliveries => deliveries is [var only] && only.Attempts == number && only.Error is not null, clock);
            clock.Skip(tried[0].Due is { } due ? due - clock.GetUtcNow() : TimeSpan.Zero);
        }

        await UntilAsync(gateway, deliveries => deliveries is [{ State: DeliveryStates.Failed, Due: null }], clock);
        google.Sends.Count().Should().Be(RetryPlan.MostAttempts);
    }

    [Fact]
    public async Task Quiet_hours_hold_back_what_may_wait_and_nothing_else()
    {
        await using var google = await FcmServer.StartAsync();
        var clock = new FakeClock();
        await using var gateway = await StartAsync(google, clock);
        await AddDeviceAsync(gateway, "owner", "phone", "t");
        await PreferAsync(gateway, new Preference { Channels = """{"push":true}""", Events = """["push","order_error"]""", QuietFrom = "08:30", QuietTo = "10:15", TimeZone = "Europe/Rome" });

        await TellAsync(gateway, Push);
        await TellAsync(gateway, OrderError);
        var deliveries = await UntilAsync(gateway, all => all.Count == 2 && all.Exists(d => d.State == DeliveryStates.Sent));

        deliveries.Single(d => d.State == DeliveryStates.Waiting).Due.Should().Be(new DateTimeOffset(2026, 1, 5, 9, 15, 0, TimeSpan.Zero));
        google.Messages.Single()["notification"]!["title"]!.ToString().Should().Be("Order refused");
        clock.Skip(TimeSpan.FromMinutes(75));
        await UntilAsync(gateway, all => all.TrueForAll(d => d.State == DeliveryStates.Sent));
    }

    [Fact]
    public async Task What_a_user_did_not_choose_is_listed_and_not_sent()
    {
        await using var google = await FcmServer.StartAsync();
        await using var gateway = await StartAsync(google);
        await AddDeviceAsync(gateway, "owner", "phone", "t");
        await PreferAsync(gateway, new Preference { Channels = """{"push":true}""", Events = """["order_error"]""" });

        await TellAsync(gateway, Push);
        await TellAsync(gateway, OrderError);

        await UntilAsync(gateway, deliveries => deliveries is [{ State: DeliveryStates.Sent }]);
        await using var context = gateway.Database();
        context.Notifications.Include(n => n.User).Where(notice => notice.User!.UserId == "owner").Should().HaveCount(2);
    }

    [Fact]
    public async Task A_chat_that_is_gone_leaves_the_preferences()
    {
        await using var telegram = await RecordingServer.StartAsync();
        telegram.Answer = _ => new RecordedAnswer(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}""");
        await using var gateway = await Gateway.StartAsync(configure: options => options with
        {
            Notices = new NoticeOptions { Telegram = new TelegramOptions { BotToken = "1:a", Url = telegram.Url } },
        });
        await PreferAsync(gateway, new Preference { Channels = """{"push":false,"telegram":{"chatId":"77"}}""", Events = """["order_error"]""" });

        await TellAsync(gateway, OrderError);
        await UntilAsync(gateway, deliveries => deliveries is [{ State: DeliveryStates.Dropped }]);

        await using var context = gateway.Database();
        await Until.TrueAsync("the chat is forgotten", TimeSpan.FromSeconds(60), async () =>
            !(await context.Preferences.AsNoTracking().SingleAsync()).Channels.Contains("77", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_gateways_on_one_database_send_nothing_twice()
    {
        await using var google = await FcmServer.StartAsync();
        var clock = new FakeClock();
        await using var gateway = await StartAsync(google, clock);
        await AddDeviceAsync(gateway, "owner", "phone", "t");
        var keys = new List<int>();
        await using (var context = gateway.Database())
        {
            var owner = context.Users.Single(user => user.UserId == "owner");
            var device = context.Devices.Single();
            for (var number = 0; number < 20; number++)
            {
                var notice = new Notification { UserKey = owner.Id, Type = "push", Title = $"{number}", Message = "m", Created = clock.GetUtcNow() };
                notice.Deliveries.Add(new Delivery
                {
                    Channel = "push",
                    Target = "phone",
                    DeviceKey = device.Id,
                    State = DeliveryStates.Waiting,
                    Due = clock.GetUtcNow(),
                });
                context.Add(notice);
            }

            await context.SaveChangesAsync();
            keys.AddRange(context.Deliveries.Select(delivery => delivery.Id));
        }

        var attempts = gateway.App.Services.GetRequiredService<DeliveryAttempts>();
        var tried = await Task.WhenAll(keys.Concat(keys).Concat(keys).Select(key => Task.Run(() => attempts.TryAsync(key, CancellationToken.None))));

        tried.Count(delivery => delivery is { State: DeliveryStates.Sent }).Should().Be(20);
        google.Messages.Select(message => message["notification"]!["title"]!.ToString()).Should().OnlyHaveUniqueItems().And.HaveCount(20);
    }

    [Fact]
    public async Task A_delivery_that_a_killed_gateway_had_taken_is_tried_again_when_its_claim_is_over()
    {
        await using var google = await FcmServer.StartAsync();
        var clock = new FakeClock();
        await using var gateway = await StartAsync(google, clock);
        await AddDeviceAsync(gateway, "owner", "phone", "t");
        await using (var context = gateway.Database())
        {
            // As the gateway that took it and died left it: claimed for a minute, nothing written of an answer.
            var notice = new Notification { UserKey = context.Users.Single(u => u.UserId == "owner").Id, Type = "push", Title = "left", Message = "m", Created = clock.GetUtcNow() };
            notice.Deliveries.Add(new Delivery
            {
                Channel = "push",
                Target = "phone",
                DeviceKey = context.Devices.Single().Id,
                State = DeliveryStates.Waiting,
                Attempts = 1,
                Due = clock.GetUtcNow().AddSeconds(60),
            });
            context.Add(notice);
            await context.SaveChangesAsync();
        }

        (await RoundAsync(gateway)).Should().Be(0);
        clock.Advance(TimeSpan.FromSeconds(60));

        await UntilAsync(gateway, deliveries => deliveries is [{ State: DeliveryStates.Sent, Attempts: 2 }]);
    }

    [Fact]
    public async Task A_flood_is_listed_and_no_longer_sent()
    {
        await using var google = await FcmServer.StartAsync();
        google.Judge = _ => new RecordedAnswer(503, "{}");
        await using var gateway = await StartAsync(google, new FakeClock());
        await AddDeviceAsync(gateway, "owner", "phone", "t");

        for (var number = 0; number < NoticeBook.MostWaiting + 5; number++)
        {
            await TellAsync(gateway, OrderError);
        }

        await using var context = gateway.Database();
        context.Deliveries.Should().HaveCount(NoticeBook.MostWaiting);
        context.Notifications.Count(notice => notice.User!.UserId == "owner").Should().Be(NoticeBook.MostWaiting + 5);
    }

    private static Task<Gateway> StartAsync(FcmServer google, TimeProvider? time = null) => Gateway.StartAsync(
        time, configure: options => options with { Notices = new NoticeOptions { Fcm = google.Options } });

    private static async Task AddDeviceAsync(Gateway gateway, string user, string deviceId, string token)
    {
        await using var context = gateway.Database();
        context.Add(new Device
        {
            User = context.Users.Single(row => row.UserId == user),
            DeviceId = deviceId,
            PushToken = token,
            WantsPush = true,
            IsPushRegistered = true,
        });
        await context.SaveChangesAsync();
    }

    private static async Task PreferAsync(Gateway gateway, Preference preference)
    {
        await using var context = gateway.Database();
        preference.UserKey = context.Users.Single(user => user.UserId == "owner").Id;
        context.Add(preference);
        await context.SaveChangesAsync();
    }

    private static async Task TellAsync(Gateway gateway, NewNotice notice)
    {
        await using var context = gateway.Database();
        var account = context.Accounts.Single(row => row.AccountId == "one").Id;
        await gateway.App.Services.GetRequiredService<NoticeBook>().AddForAccountAsync(context, account, notice, CancellationToken.None);
        await context.SaveChangesAsync();
        gateway.App.Services.GetRequiredService<NoticeBell>().Ring();
    }

    private static Task<int> RoundAsync(Gateway gateway) =>
        gateway.App.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<NoticeSender>().Single().RoundAsync(CancellationToken.None);

    /// <summary>A clock goes on while waiting: the sender may have looked at it just before it was moved.</summary>
    private static Task<List<Delivery>> UntilAsync(Gateway gateway, Func<List<Delivery>, bool> condition, FakeClock? clock = null) => Until.NotNullAsync(
        "the deliveries are as expected",
        TimeSpan.FromSeconds(60),
        async () =>
        {
            await using var context = gateway.Database();
            var all = await context.Deliveries.AsNoTracking().ToListAsync();
            if (condition(all))
            {
                return all;
            }

            clock?.Advance(TimeSpan.FromSeconds(1));
            return null;
        });
}
