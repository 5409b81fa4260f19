using System.Linq.Expressions;
using System.Text.Json;

namespace MaoApi.Data.Paging;

/// <summary>One way to sort, and the comparison that finds what lies behind a row.</summary>
internal sealed record ListKey<T>(string Name, Type Type, LambdaExpression Key, Expression<Func<T, int>>? Tie)
{
    private readonly Func<T, object?> _key = Compile(Key);
    private readonly Func<T, int>? _tie = Tie?.Compile();

    public IQueryable<T> Sort(IQueryable<T> rows, bool descending)
    {
        var sorted = rows.Provider.CreateQuery<T>(Expression.Call(
            typeof(Queryable),
            descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy),
            [typeof(T), Type],
            rows.Expression,
            Expression.Quote(Key)));
        return Tie is null ? sorted : descending ? ((IOrderedQueryable<T>)sorted).ThenByDescending(Tie) : ((IOrderedQueryable<T>)sorted).ThenBy(Tie);
    }

    /// <summary>The row's place in this order.</summary>
    public JsonElement PlaceOf(T row) => JsonSerializer.SerializeToElement(new[] { _key(row), _tie?.Invoke(row) });

    /// <summary>Whether a row lies behind a place: its key does, or the keys are the same and its tie does.</summary>
    /// <exception cref="JsonException">This is no place of this order.</exception>
    public Expression<Func<T, bool>> Behind(JsonElement place, bool descending)
    {
        if (place is not { ValueKind: JsonValueKind.Array } || place.GetArrayLength() != 2)
        {
            throw new JsonException("not a place of a list");
        }

        var row = Key.Parameters[0];
        var value = Parameter(place[0].Deserialize(Type), Type);
        var behind = Compare(Key.Body, value, descending);
        if (Tie is not null)
        {
            var tie = new Swap(Tie.Parameters[0], row).Visit(Tie.Body);
            behind = Expression.OrElse(
                behind,
                Expression.AndAlso(
                    Expression.Equal(Key.Body, value),
                    Compare(tie, Parameter(place[1].Deserialize<int>(), typeof(int)), descending)));
        }

        return Expression.Lambda<Func<T, bool>>(behind, row);
    }

    private static BinaryExpression Compare(Expression left, Expression right, bool descending)
    {
        if (left.Type == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            right = Expression.Constant(0);
        }

        return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }

    /// <summary>A value the database gets as a parameter, so that the query's plan is the same for every page.</summary>
    private static UnaryExpression Parameter(object? value, Type type) =>
        Expression.Convert(Expression.Field(Expression.Constant(new Held(value)), nameof(Held.Value)), type);

    private static Func<T, object?> Compile(LambdaExpression key) =>
        Expression.Lambda<Func<T, object?>>(Expression.Convert(key.Body, typeof(object)), key.Parameters).Compile();

    private sealed class Held(object? value)
    {
        public readonly object? Value = value;
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
