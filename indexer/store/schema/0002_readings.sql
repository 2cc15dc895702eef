-- How ruby says that parts of a section are read: JSON, {"heading":[[begin,end,"reading"],...],"text":[...]}, '' where it says nothing.
ALTER TABLE section ADD COLUMN readings TEXT NOT NULL DEFAULT '';
