using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using TandemFetch.Records;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// Creates the type of a query's rows at run time: one property per column, with the column's type. Such rows cost no
/// more than objects of a hand-written class, and less than a quarter of objects to which properties are added one by
/// one.
/// </summary>
internal sealed class RowType
{
    // A loop that builds its SQL from parts could create many types; they are collected once nobody holds their rows.
    private const int MostShapes = 200;

    private static readonly ConcurrentDictionary<string, RowType> Shapes = new(StringComparer.Ordinal);

    private readonly Func<QueryColumn[], long, QueryRow> _create;

    private RowType(Func<QueryColumn[], long, QueryRow> create) => _create = create;

    /// <summary>The row type for these columns.</summary>
    /// <param name="names">Names, each different from the others.</param>
    /// <param name="columns">The columns.</param>
    public static RowType Of(IReadOnlyList<string> names, IReadOnlyList<QueryColumn> columns)
    {
        if (Shapes.Count >= MostShapes)
        {
            Shapes.Clear();
        }

        var key = string.Join('\0', names.Zip(columns, (name, column) => $"{name}\0{column.Type}"));
        return Shapes.GetOrAdd(key, _ => new RowType(Emit(names, columns)));
    }

    /// <summary>A row.</summary>
    public QueryRow Create(QueryColumn[] columns, long row) => _create(columns, row);

    private static Func<QueryColumn[], long, QueryRow> Emit(IReadOnlyList<string> names, IReadOnlyList<QueryColumn> columns)
    {
        var module = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName("TandemFetch.QueryRows"), AssemblyBuilderAccess.RunAndCollect)
            .DefineDynamicModule("TandemFetch.QueryRows");
        var builder = module.DefineType(
            "TandemFetch.QueryRow", TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Class, typeof(QueryRow));
        for (var place = 0; place < names.Count; place++)
        {
            AddProperty(builder, names[place], FieldOf(place), columns[place].Type);
        }

        builder.DefineDefaultConstructor(MethodAttributes.Public);
        return EmitCreate(builder.CreateType(), columns);
    }

    private static void AddProperty(TypeBuilder builder, string name, string fieldName, Type type)
    {
        var field = builder.DefineField(fieldName, type, FieldAttributes.Assembly);
        var getter = builder.DefineMethod(
            $"get_{name}", MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig, type, []);
        var code = getter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);
        builder.DefineProperty(name, PropertyAttributes.None, type, []).SetGetMethod(getter);
    }

    /// <summary>A method that creates a row and gets each column's value without boxing.</summary>
    private static Func<QueryColumn[], long, QueryRow> EmitCreate(Type type, IReadOnlyList<QueryColumn> columns)
    {
        var create = new DynamicMethod(
            "Create", typeof(QueryRow), [typeof(QueryColumn[]), typeof(long)], typeof(RowType).Module, skipVisibility: true);
        var code = create.GetILGenerator();
        code.Emit(OpCodes.Newobj, type.GetConstructor([])!);
        for (var place = 0; place < columns.Count; place++)
        {
            var column = typeof(QueryColumn<>).MakeGenericType(columns[place].Type);
            code.Emit(OpCodes.Dup);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, place);
            code.Emit(OpCodes.Ldelem_Ref);
            code.Emit(OpCodes.Castclass, column);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Callvirt, column.GetMethod(nameof(QueryColumn<object>.Read))!);
            code.Emit(OpCodes.Stfld, type.GetField(FieldOf(place), BindingFlags.NonPublic | BindingFlags.Instance)!);
        }

        code.Emit(OpCodes.Ret);
        return create.CreateDelegate<Func<QueryColumn[], long, QueryRow>>();
    }

    private static string FieldOf(int place) => $"_{place}";
}
