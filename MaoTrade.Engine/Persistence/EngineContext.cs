using MaoTrade.Engine.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Engine.Persistence;

/// <summary>
/// The schema of <c>mt_{account}</c>. The trade loop writes through prepared commands (<see cref="EngineStore"/>);
/// this model owns what the tables are, and each kind of database has its own migrations. Times are Unix milliseconds, decimals text.
/// </summary>
public class EngineContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<AccountRow> Account => Set<AccountRow>();

    public DbSet<SignalRow> Signals => Set<SignalRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<OrderChangeRow> OrderChanges => Set<OrderChangeRow>();

    public DbSet<FillRow> Fills => Set<FillRow>();

    public DbSet<PositionRow> Positions => Set<PositionRow>();

    public DbSet<FrameRow> Frames => Set<FrameRow>();

    public DbSet<FeedRow> Feeds => Set<FeedRow>();

    public DbSet<SystemStateRow> SystemStates => Set<SystemStateRow>();

    public DbSet<SystemLogRow> SystemLog => Set<SystemLogRow>();

    public DbSet<ChartSeriesRow> ChartSeries => Set<ChartSeriesRow>();

    public DbSet<ChartPointRow> ChartPoints => Set<ChartPointRow>();

    public DbSet<SystemStoreRow> SystemStore => Set<SystemStoreRow>();

    public DbSet<CorruptStateRow> CorruptStates => Set<CorruptStateRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<BarRow> Bars => Set<BarRow>();

    public DbSet<LiveRow> Live => Set<LiveRow>();

    public DbSet<LeaseRow> Lease => Set<LeaseRow>();

    public DbSet<EquityDayRow> EquityDays => Set<EquityDayRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>(row =>
        {
            row.ToTable("account").HasKey(a => a.Id);
            row.Property(a => a.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(a => a.Document).HasColumnName("document");
        });
        modelBuilder.Entity<SignalRow>(row =>
        {
            row.ToTable("operazioni").HasKey(s => s.SignalId);
            row.Property(s => s.SignalId).HasColumnName("signal_id");
            row.Property(s => s.Epic).HasColumnName("epic");
            row.Property(s => s.State).HasColumnName("state");
            row.Property(s => s.Document).HasColumnName("document");
        });
        modelBuilder.Entity<OrderRow>(row =>
        {
            row.ToTable("orders").HasKey(o => o.OrderId);
            row.HasIndex(o => o.ClientOrderId).IsUnique();
            row.HasIndex(o => o.DealReference).IsUnique();
            row.HasIndex(o => o.Created);
            row.HasIndex(o => new { o.System, o.Created });
            row.HasIndex(o => o.ExecState);
            row.Property(o => o.OrderId).HasColumnName("order_id");
            row.Property(o => o.ClientOrderId).HasColumnName("client_order_id");
            row.Property(o => o.DealReference).HasColumnName("deal_reference");
            row.Property(o => o.System).HasColumnName("system");
            row.Property(o => o.Epic).HasColumnName("epic");
            row.Property(o => o.ExecState).HasColumnName("exec_state");
            row.Property(o => o.DealStatus).HasColumnName("deal_status");
            row.Property(o => o.Attempt).HasColumnName("attempt");
            row.Property(o => o.Created).HasColumnName("mt_created");
            row.Property(o => o.Modified).HasColumnName("mt_modified");
            row.Property(o => o.Document).HasColumnName("document");
            row.Property(o => o.OnFilled).HasColumnName("on_filled");
            row.Property(o => o.CancelAttempt).HasColumnName("cancel_attempt");
            row.Property(o => o.AssumedQty).HasColumnName("assumed_qty");
        });
        modelBuilder.Entity<OrderChangeRow>(row =>
        {
            row.ToTable("order_changes").HasKey(c => new { c.OrderId, c.Number });
            row.Property(c => c.OrderId).HasColumnName("order_id");
            row.Property(c => c.Number).HasColumnName("number");
            row.Property(c => c.At).HasColumnName("mt_created");
            row.Property(c => c.ExecState).HasColumnName("exec_state");
            row.Property(c => c.DealStatus).HasColumnName("deal_status");
            row.Property(c => c.Note).HasColumnName("note");
            row.Property(c => c.LatencyMs).HasColumnName("latency_ms");
        });
        modelBuilder.Entity<FillRow>(row =>
        {
            row.ToTable("fills").HasKey(f => f.FillId);
            row.HasIndex(f => f.At);
            row.Property(f => f.FillId).HasColumnName("fill_id");
            row.Property(f => f.DealReference).HasColumnName("deal_reference");
            row.Property(f => f.Epic).HasColumnName("epic");
            row.Property(f => f.Qty).HasColumnName("qty");
            row.Property(f => f.Price).HasColumnName("price");
            row.Property(f => f.Pnl).HasColumnName("pnl");
            row.Property(f => f.Frame).HasColumnName("frame");
            row.Property(f => f.At).HasColumnName("at");
            row.Property(f => f.Moved).HasColumnName("moved");
            row.Property(f => f.ClosedQty).HasColumnName("closed_qty");
            row.Property(f => f.EntryPrice).HasColumnName("entry_price");
            row.Property(f => f.EntryFrame).HasColumnName("entry_frame");
        });
        modelBuilder.Entity<LiveRow>(row =>
        {
            row.ToTable("live").HasKey(l => l.Id);
            row.Property(l => l.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(l => l.First).HasColumnName("first");
        });
        modelBuilder.Entity<LeaseRow>(row =>
        {
            row.ToTable("lease").HasKey(l => l.Id);
            row.Property(l => l.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(l => l.Holder).HasColumnName("holder");
            row.Property(l => l.Folder).HasColumnName("folder");
            row.Property(l => l.Beat).HasColumnName("beat");
        });
        modelBuilder.Entity<PositionRow>(row =>
        {
            row.ToTable("positions").HasKey(p => p.Epic);
            row.Property(p => p.Epic).HasColumnName("epic");
            row.Property(p => p.Document).HasColumnName("document");
        });
        modelBuilder.Entity<FrameRow>(row =>
        {
            row.ToTable("frames").HasKey(f => new { f.SignalId, f.Frame });
            row.Property(f => f.SignalId).HasColumnName("signal_id");
            row.Property(f => f.Frame).HasColumnName("frame");
            row.Property(f => f.Open).HasColumnName("open");
            row.Property(f => f.High).HasColumnName("high");
            row.Property(f => f.Low).HasColumnName("low");
            row.Property(f => f.Close).HasColumnName("close");
            row.Property(f => f.Volume).HasColumnName("volume");
        });
        modelBuilder.Entity<FeedRow>(row =>
        {
            row.ToTable("feeds").HasKey(f => f.SignalId);
            row.Property(f => f.SignalId).HasColumnName("signal_id");
            row.Property(f => f.Document).HasColumnName("document");
        });
        modelBuilder.Entity<SystemStateRow>(row =>
        {
            row.ToTable("system_states").HasKey(s => s.SignalId);
            row.Property(s => s.SignalId).HasColumnName("signal_id");
            row.Property(s => s.Document).HasColumnName("document");
            row.Property(s => s.Saved).HasColumnName("saved");
        });
        modelBuilder.Entity<SystemLogRow>(row =>
        {
            row.ToTable("system_log").HasKey(l => l.Id);
            row.HasIndex(l => new { l.SignalId, l.Id });
            row.Property(l => l.Id).HasColumnName("id");
            row.Property(l => l.SignalId).HasColumnName("signal_id");
            row.Property(l => l.At).HasColumnName("at");
            row.Property(l => l.Message).HasColumnName("message");
            row.Property(l => l.Severity).HasColumnName("severity");
            row.Property(l => l.PushTitle).HasColumnName("push_title");
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(e => e.Id);
            row.Property(e => e.Id).HasColumnName("id");
            row.Property(e => e.EventId).HasColumnName("event_id");
            row.Property(e => e.At).HasColumnName("at");
            row.Property(e => e.Type).HasColumnName("type");
            row.Property(e => e.Severity).HasColumnName("severity");
            row.Property(e => e.SignalId).HasColumnName("signal_id");
            row.Property(e => e.Title).HasColumnName("title");
            row.Property(e => e.Message).HasColumnName("message");
        });
        modelBuilder.Entity<BarRow>(row =>
        {
            row.ToTable("bars").HasKey(b => new { b.Epic, b.TimeFrame, b.Frame });
            row.Property(b => b.Epic).HasColumnName("epic");
            row.Property(b => b.TimeFrame).HasColumnName("time_frame");
            row.Property(b => b.Frame).HasColumnName("frame");
            row.Property(b => b.Open).HasColumnName("open");
            row.Property(b => b.High).HasColumnName("high");
            row.Property(b => b.Low).HasColumnName("low");
            row.Property(b => b.Close).HasColumnName("close");
            row.Property(b => b.Volume).HasColumnName("volume");
        });
        modelBuilder.Entity<EquityDayRow>(row =>
        {
            row.ToTable("equity_days").HasKey(d => d.Date);
            row.Property(d => d.Date).HasColumnName("date");
            row.Property(d => d.StartEquity).HasColumnName("start_equity");
            row.Property(d => d.EndEquity).HasColumnName("end_equity");
            row.Property(d => d.Peak).HasColumnName("peak");
            row.Property(d => d.Low).HasColumnName("low");
            row.Property(d => d.MaxDrawdown).HasColumnName("max_drawdown");
        });
        AddSystemData(modelBuilder);
    }

    private static void AddSystemData(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ChartSeriesRow>(row =>
        {
            row.ToTable("chart_series").HasKey(s => new { s.SignalId, s.Area, s.Name });
            row.Property(s => s.SignalId).HasColumnName("signal_id");
            row.Property(s => s.Area).HasColumnName("area");
            row.Property(s => s.Name).HasColumnName("name");
            row.Property(s => s.Kind).HasColumnName("kind");
        });
        modelBuilder.Entity<ChartPointRow>(row =>
        {
            row.ToTable("chart_points").HasKey(p => new { p.SignalId, p.Area, p.Name, p.Frame });
            row.Property(p => p.SignalId).HasColumnName("signal_id");
            row.Property(p => p.Area).HasColumnName("area");
            row.Property(p => p.Name).HasColumnName("name");
            row.Property(p => p.Frame).HasColumnName("frame");
            row.Property(p => p.Value).HasColumnName("value");
        });
        modelBuilder.Entity<SystemStoreRow>(row =>
        {
            row.ToTable("system_store").HasKey(s => new { s.SignalId, s.Key });
            row.Property(s => s.SignalId).HasColumnName("signal_id");
            row.Property(s => s.Key).HasColumnName("key");
            row.Property(s => s.Value).HasColumnName("value");
        });
        modelBuilder.Entity<CorruptStateRow>(row =>
        {
            row.ToTable("corrupt_states").HasKey(s => s.Id);
            row.Property(s => s.Id).HasColumnName("id");
            row.Property(s => s.SignalId).HasColumnName("signal_id");
            row.Property(s => s.At).HasColumnName("at");
            row.Property(s => s.Document).HasColumnName("document");
        });
    }
}
