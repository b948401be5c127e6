using DuckDB.NET.Native;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Queries.Columns;
using TandemFetch.Engine.Storage;
using Native = DuckDB.NET.Native.NativeMethods.LogicalType;

namespace TandemFetch.Engine.Queries;

/// <summary>Selects how a column of a type is read.</summary>
/// <param name="zone">The zone in which times are shown.</param>
internal sealed class QueryColumns(ZoneOffsets zone)
{
    /// <summary>The column of a type.</summary>
    public QueryColumn Of(DuckDBLogicalType type) => Native.DuckDBGetTypeId(type) switch
    {
        DuckDBType.Boolean => new PlainColumn<bool>(),
        DuckDBType.TinyInt => new PlainColumn<sbyte>(),
        DuckDBType.SmallInt => new PlainColumn<short>(),
        DuckDBType.Integer or DuckDBType.SqlNull => new PlainColumn<int>(),
        DuckDBType.BigInt => new PlainColumn<long>(),
        DuckDBType.UnsignedTinyInt => new PlainColumn<byte>(),
        DuckDBType.UnsignedSmallInt => new PlainColumn<ushort>(),
        DuckDBType.UnsignedInteger => new PlainColumn<uint>(),
        DuckDBType.UnsignedBigInt => new PlainColumn<ulong>(),
        DuckDBType.Float => new PlainColumn<float>(),
        DuckDBType.Double => new PlainColumn<double>(),
        DuckDBType.HugeInt => new ObjectColumn<Int128>(QueryValues.HugeInt),
        DuckDBType.UnsignedHugeInt => new ObjectColumn<UInt128>(QueryValues.UnsignedHugeInt),
        DuckDBType.Decimal => Decimal(type),
        DuckDBType.Date => new ConvertedColumn<int, DateTime>(QueryValues.FromDays),
        DuckDBType.Time => new ConvertedColumn<long, TimeSpan>(QueryValues.TimeOfDay),
        DuckDBType.TimeTz => new ObjectColumn<ulong>(QueryValues.TimeWithOffset),
        DuckDBType.Timestamp => new ConvertedColumn<long, DateTime>(QueryValues.FromMicroseconds),
        DuckDBType.TimestampS => new ConvertedColumn<long, DateTime>(QueryValues.FromSeconds),
        DuckDBType.TimestampMs => new ConvertedColumn<long, DateTime>(QueryValues.FromMilliseconds),
        DuckDBType.TimestampNs => new ConvertedColumn<long, DateTime>(QueryValues.FromNanoseconds),
        DuckDBType.TimestampTz => new ConvertedColumn<long, DateTimeOffset>(zone.ToLocal),
        DuckDBType.Interval => new ObjectColumn<DuckDBInterval>(QueryValues.Interval),
        DuckDBType.Varchar => new TextColumn(),
        DuckDBType.Blob => new BytesColumn<byte[]>(bytes => bytes.ToArray()),
        DuckDBType.Bit => new BytesColumn<string>(QueryValues.Bits),
        DuckDBType.Uuid => new ConvertedColumn<Int128, Guid>(QueryValues.Uuid),
        DuckDBType.Enum => Enum(type),
        DuckDBType.List => new ListColumn(Child(Native.DuckDBListTypeChildType(type))),
        DuckDBType.Array => new FixedListColumn(Child(Native.DuckDBArrayTypeChildType(type)), Native.DuckDBArrayVectorGetSize(type)),
        DuckDBType.Map => new MapColumn(Child(Native.DuckDBMapTypeKeyType(type)), Child(Native.DuckDBMapTypeValueType(type))),
        DuckDBType.Struct => Struct(type),
        DuckDBType.Union => new UnionColumn([.. Members(type).Skip(1)]),
        var other => new UnsupportedColumn(other.ToString()),
    };

    private static QueryColumn Decimal(DuckDBLogicalType type)
    {
        var scale = Native.DuckDBDecimalScale(type);
        return Native.DuckDBDecimalInternalType(type) switch
        {
            DuckDBType.SmallInt => new ConvertedColumn<short, decimal>(unscaled => ExactNumber.Of(unscaled, scale)),
            DuckDBType.Integer => new ConvertedColumn<int, decimal>(unscaled => ExactNumber.Of(unscaled, scale)),
            DuckDBType.BigInt => new ConvertedColumn<long, decimal>(unscaled => ExactNumber.Of(unscaled, scale)),
            _ => new ObjectColumn<Int128>(unscaled => QueryValues.WideDecimal(unscaled, scale)),
        };
    }

    private static EnumColumn Enum(DuckDBLogicalType type)
    {
        var labels = new string[Native.DuckDBEnumDictionarySize(type)];
        for (var label = 0; label < labels.Length; label++)
        {
            labels[label] = Native.DuckDBEnumDictionaryValue(type, label);
        }

        var width = Native.DuckDBEnumInternalType(type) switch
        {
            DuckDBType.UnsignedTinyInt => 1,
            DuckDBType.UnsignedSmallInt => 2,
            _ => 4,
        };
        return new EnumColumn(width, labels);
    }

    private StructColumn Struct(DuckDBLogicalType type)
    {
        var members = Members(type);
        var names = Enumerable.Range(0, members.Length).Select(member => Native.DuckDBStructTypeChildName(type, member));
        return new StructColumn([.. UniqueColumnNames.Of(names)], members);
    }

    private QueryColumn[] Members(DuckDBLogicalType type)
    {
        var members = new QueryColumn[Native.DuckDBStructTypeChildCount(type)];
        for (var member = 0; member < members.Length; member++)
        {
            members[member] = Child(Native.DuckDBStructTypeChildType(type, member));
        }

        return members;
    }

    private QueryColumn Child(DuckDBLogicalType type)
    {
        using (type)
        {
            return Of(type);
        }
    }
}
