using System.Diagnostics.CodeAnalysis;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>Documents by a key that need not be unique.</summary>
internal sealed class KeyIndex<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<StoredDocument>> _documents = [];

    public void Add(TKey key, StoredDocument document)
    {
        if (!_documents.TryGetValue(key, out var same))
        {
            _documents[key] = same = new List<StoredDocument>(1);
        }

        same.Add(document);
    }

    public void Remove(TKey key, StoredDocument document)
    {
        if (!_documents.TryGetValue(key, out var same))
        {
            return;
        }

        same.RemoveAll(d => d.Sequence == document.Sequence);
        if (same.Count == 0)
        {
            _documents.Remove(key);
        }
    }

    public IReadOnlyList<StoredDocument> All(TKey key) => _documents.GetValueOrDefault(key, []);

    /// <summary>The document of the key that was inserted first.</summary>
    public bool TryFind(TKey key, [NotNullWhen(true)] out StoredDocument? first)
    {
        first = _documents.TryGetValue(key, out var same) ? same.MinBy(d => d.Sequence) : null;
        return first is not null;
    }
}
