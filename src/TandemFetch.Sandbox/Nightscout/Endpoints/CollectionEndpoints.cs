using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout.Documents;
using TandemFetch.Sandbox.Nightscout.Queries;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>GET, POST, PUT and DELETE of one collection of API v1, which API v2 repeats.</summary>
internal sealed class CollectionEndpoints(CollectionRules rules, DocumentStore store, Guard guard)
{
    private static readonly string[] Columns = ["dateString", "date", "sgv", "direction", "device"];

    private string Read => $"api:{rules.Name}:read";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { $"/api/v1/{rules.Name}", $"/api/v2/{rules.Name}" })
        {
            if (rules is ProfileRules)
            {
                MapProfile(routes, path);
            }
            else
            {
                routes.MapGet(path, guard.For(context => ListAsync(context, QueryOf(context)), Read));
                routes.MapDelete(
                    path, guard.For(context => DeleteAsync(context, QueryOf(context)), Read, Permission("delete")));
                routes.MapDelete(path + "/{spec}", guard.For(DeleteOneAsync, Read, Permission("delete")));
            }

            if (rules is EntryRules)
            {
                routes.MapGet(path + "/{spec}", guard.For(ShowEntriesAsync, Read));
            }

            routes.MapPost(path, context => Guard.TryAsync(context, () => PostAsync(context)));
            if (rules.HasPut)
            {
                routes.MapPut(path, context => Guard.TryAsync(context, () => PutAsync(context)));
            }
        }
    }

    private static JsonObject QueryOf(HttpContext context) =>
        BracketQuery.Read(context.Request.QueryString.Value ?? string.Empty);

    private static int? CountOf(JsonObject query)
    {
        var count = ScriptValue.WholeNumberOf(query["count"]?.ToString() ?? string.Empty);
        return double.IsNaN(count) || count == 0 ? null : (int)Math.Min(Math.Abs(count), int.MaxValue);
    }

    private static JsonObject QueryForId(string id) => new() { ["find"] = new JsonObject { ["_id"] = id } };

    private static JsonObject FindOf(JsonObject query)
    {
        if (query["find"] is not JsonObject find)
        {
            query["find"] = find = [];
        }

        return find;
    }

    private static JsonArray ToArray(IEnumerable<JsonObject> documents) => [.. documents];

    private string Permission(string action) => $"api:{rules.Name}:{action}";

    private void MapProfile(IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(path, guard.For(ListProfilesAsync, Read));
        routes.MapGet(path + "s", guard.For(context => ListAsync(context, QueryOf(context)), Read));
        routes.MapGet(path + "/current", guard.For(ShowProfileAsync, Read));
        routes.MapDelete(path + "/{spec}", guard.For(DeleteProfileAsync, Read, Permission("delete")));
    }

    private Task ListProfilesAsync(HttpContext context)
    {
        var count = CountOf(QueryOf(context)) ?? rules.DefaultCount(hasConditions: false);
        return Responses.SendAsync(context, ToArray(Profiles(count)));
    }

    private Task ShowProfileAsync(HttpContext context) => Responses.SendAsync(context, Profiles(1).FirstOrDefault());

    /// <summary>The latest start first, by its text; of equal ones the latest id.</summary>
    private IEnumerable<JsonObject> Profiles(int count) => store.Find(FindQuery.Everything(rules), count: null)
        .OrderByDescending(p => ScriptValue.TextOf(p[rules.DateField]), StringComparer.Ordinal)
        .ThenByDescending(p => ScriptValue.TextOf(p["_id"]), StringComparer.Ordinal)
        .Take(count);

    private async Task PostAsync(HttpContext context)
    {
        var body = await BodyReader.ReadAsync(context, rules.LargestBody);
        await guard.DemandAsync(context, Read, Permission("create"));
        var documents = rules.Incoming(body).ToList();
        foreach (var document in documents)
        {
            CheckId(document);
            Purifier.Purify(document);
        }

        await Responses.SendAsync(context, store.Post(documents));
    }

    private async Task PutAsync(HttpContext context)
    {
        var body = await BodyReader.ReadAsync(context, rules.LargestBody);
        await guard.DemandAsync(context, Read, Permission("update"));
        if (body is not JsonObject document)
        {
            throw new RefusedException(
                StatusCodes.Status500InternalServerError, "Mongo Error", "PUT takes one document");
        }

        CheckId(document);
        await Responses.SendAsync(context, store.Put(document));
    }

    private void CheckId(JsonObject document)
    {
        if (rules.RefusesOtherIds && document["_id"] is { } id)
        {
            CheckId(ScriptValue.TextOf(id) ?? id.ToJsonString());
        }
    }

    private static void CheckId(string id)
    {
        if (!CollectionRules.IsObjectId(id))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "Invalid _id format", $"Must be 24-character hex string. Got: {id}");
        }
    }

    private async Task ListAsync(HttpContext context, JsonObject query)
    {
        var count = CountOf(query) ?? rules.DefaultCount(query.ContainsKey("find"));
        var found = store.Find(FindQuery.Read(query, rules, store.Time), count);
        if (rules is EntryRules)
        {
            await SendEntriesAsync(context, found);
            return;
        }

        if (rules is TreatmentRules)
        {
            ShowNumbers(found);
        }

        await Responses.SendAsync(context, ToArray(found));
    }

    /// <summary>Every treatment shows carbs and insulin, and what it does not have is null.</summary>
    private static void ShowNumbers(IReadOnlyList<JsonObject> treatments)
    {
        foreach (var treatment in treatments)
        {
            foreach (var name in new[] { "carbs", "insulin" })
            {
                var number = ScriptValue.NumberOf(treatment, name);
                treatment[name] = double.IsNaN(number) ? null : number;
            }
        }
    }

    /// <summary>The current one, one by id, or those of a type.</summary>
    private Task ShowEntriesAsync(HttpContext context)
    {
        var spec = (string)context.Request.RouteValues["spec"]!;
        var query = QueryOf(context);
        if (spec == "current")
        {
            return ListAsync(context, new JsonObject { ["count"] = "1" });
        }

        if (!CollectionRules.IsObjectId(spec))
        {
            FindOf(query)["type"] = spec;
            return ListAsync(context, query);
        }

        var found = store.Find(FindQuery.Read(QueryForId(spec), rules, store.Time), count: 1);
        return found.Count > 0
            ? SendEntriesAsync(context, found)
            : throw new RefusedException(
                StatusCodes.Status500InternalServerError, "Mongo Error", $"No such id: '{spec}'");
    }

    private static Task SendEntriesAsync(HttpContext context, IReadOnlyList<JsonObject> entries)
    {
        if (Responses.WantsJson(context))
        {
            return Responses.SendAsync(context, ToArray(entries));
        }

        var isCsv = Responses.Wants(context, "csv");
        var lines = entries.Select(e => string.Join(
            isCsv ? ',' : '\t',
            Columns.Select(column => e[column]?.ToJsonString() ?? string.Empty)));
        return Responses.SendTextAsync(context, string.Join("\r\n", lines), isCsv ? "text/csv" : "text/plain");
    }

    private Task DeleteOneAsync(HttpContext context)
    {
        var spec = (string)context.Request.RouteValues["spec"]!;
        var query = QueryOf(context);
        if (rules is EntryRules && !CollectionRules.IsObjectId(spec))
        {
            FindOf(query)["type"] = spec;
            if (spec == "*")
            {
                FindOf(query).Remove("type");
            }
        }
        else if (spec != "*")
        {
            if (rules.RefusesOtherIds)
            {
                CheckId(spec);
            }

            FindOf(query)["_id"] = spec;
        }
        else
        {
            FindOf(query).Remove("_id");
        }

        return DeleteAsync(context, query);
    }

    private async Task DeleteAsync(HttpContext context, JsonObject query)
    {
        var hasFind = query.ContainsKey("find");
        var deleted = store.Delete(FindQuery.Read(query, rules, store.Time));
        if (!hasFind)
        {
            // The real server deletes first and fails afterwards, when it looks at the conditions.
            throw new RefusedException(
                StatusCodes.Status500InternalServerError, "Cannot read properties of undefined (reading '_id')");
        }

        await Responses.SendAsync(context, new JsonObject { ["acknowledged"] = true, ["deletedCount"] = deleted });
    }

    private async Task DeleteProfileAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["spec"]!;
        CheckId(id);
        store.Delete(FindQuery.Read(QueryForId(id), rules, store.Time));
        await Responses.SendAsync(context, new JsonObject());
    }
}
